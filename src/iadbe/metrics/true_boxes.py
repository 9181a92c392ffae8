"""Where the defects of the test samples are, as boxes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from iadbe.images.regions import region_boxes
from iadbe.metrics.box_matching import Boxes
from iadbe.samples import Sample, Samples


def unplaced(test: pd.DataFrame) -> str | None:
    """Why predicted boxes cannot be compared with the truth, or None if they can.

    Args:
        test: Manifest rows of the test samples.
    """
    anomalous = test[test["label"] == 1]
    if anomalous.empty:
        return "no anomalous test sample" if len(test) else "no test sample"
    lacking = int((anomalous["mask_path"].isna() & ~anomalous["boxes"].map(_some)).sum())
    if lacking:
        return f"no box or mask for {lacking} of {len(anomalous)} anomalous test samples"
    return None


def true_boxes(test: pd.DataFrame, size: int) -> Iterator[tuple[str, Boxes]]:
    """The true boxes of each test sample, read one by one.

    They are those of the manifest, else the boxes around the 8-connected regions of the mask.

    Args:
        test: Manifest rows of the test samples.
        size: Edge in pixels at which masks are read.

    Yields:
        A sample id and its boxes as shares of width and height, shape (m, 4).
    """
    for sample in Samples(test, size, labelled=True):
        yield sample.sample_id, np.array(_boxes(sample), dtype=np.float64).reshape(-1, 4)


def _boxes(sample: Sample) -> tuple[tuple[float, ...], ...]:
    if sample.label == 0:
        return ()
    if sample.boxes:
        return sample.boxes
    return region_boxes(sample.mask) if sample.mask_path and sample.mask is not None else ()


def _some(boxes: object) -> bool:
    return isinstance(boxes, str) and boxes.strip() not in {"", "[]"}
