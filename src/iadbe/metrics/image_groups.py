"""Image metrics by defect type and size: the samples of a group against all normal ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from iadbe.metrics.defect_maps import ImageResult
from iadbe.metrics.image import image_measures
from iadbe.metrics.intervals import with_image_intervals
from iadbe.metrics.measure import Group, Measure
from iadbe.metrics.threshold import miss_rate
from iadbe.schemas import DEFECT_SIZES


def image_group_measures(
    test: pd.DataFrame, images: Mapping[str, ImageResult], threshold: Measure
) -> list[Measure]:
    """Image metrics of each defect type, and of each size that a sample's largest region has.

    Args:
        test: Test rows of the manifest with `image_score`.
        images: What was measured image by image; empty where nothing is known of sizes.
        threshold: The measure of that name; without a value there are no miss rates.
    """
    normal = test["label"].to_numpy() == 0
    scores = test["image_score"].to_numpy(np.float64)
    measures: list[Measure] = []
    for group, members in _groups(test, images):
        chosen = normal | members
        labels = members[chosen].astype(np.int8)
        found = with_image_intervals(image_measures(labels, scores[chosen]), labels, scores[chosen])
        if threshold.value is not None:
            missed = miss_rate(threshold.value, labels, scores[chosen])
            found.append(missed._replace(leakage=threshold.leakage))
        measures += [each.of(group) for each in found]
    return measures


def _groups(
    test: pd.DataFrame, images: Mapping[str, ImageResult]
) -> Iterator[tuple[Group, npt.NDArray[np.bool_]]]:
    anomalous = test["label"].to_numpy() == 1
    types = test["defect_type"].to_numpy()
    for name in sorted(set(types[anomalous])):
        yield Group(defect_type=name), anomalous & (types == name)
    sizes = np.array([_size(images, sample_id) for sample_id in test["sample_id"]], dtype=object)
    for name in DEFECT_SIZES:
        if (sizes == name).any():
            yield Group(defect_size=name), anomalous & (sizes == name)


def _size(images: Mapping[str, ImageResult], sample_id: str) -> str | None:
    return images[sample_id].defect_size if sample_id in images else None
