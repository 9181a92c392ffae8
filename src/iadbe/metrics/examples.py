"""The test samples that tell most about a model: worst misses, worst false alarms, best hits."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.datasets.anomaly_maps import AnomalyMaps
from iadbe.metrics.masked_maps import check_maps
from iadbe.metrics.pictures import image_picture, map_picture, mask_picture
from iadbe.metrics.scored import score_samples
from iadbe.samples import Sample, Samples

_COLOUR_SCALE = (1.0, 99.5)
"""Percentiles of the test maps that take the coldest and the hottest colour."""
_STRIDE = 4
"""Every 4th pixel of every 4th row is plenty for a percentile."""
_PICTURES = ("image", "mask", "anomaly_map")
_COLUMNS = ("sample_id", "kind", "place", "label", "defect_type", "image_score", *_PICTURES)


def choose_examples(  # noqa: PLR0913 - all the inputs of one Kedro node
    cell: Cell,
    samples: pd.DataFrame,
    predictions: pd.DataFrame,
    maps: AnomalyMaps | None,
    *,
    per_kind: int = 3,
    thumbnail: int = 192,
) -> pd.DataFrame:
    """Choose telling test samples and draw them.

    Args:
        cell: The cell; the heat maps of all its examples share one colour scale.
        samples: Manifest rows of the cell's category, all splits.
        predictions: Raw image scores of the val and test samples, in any order.
        maps: Raw anomaly maps, or None.
        per_kind: At most so many samples of each kind; none is both a miss and a hit.
        thumbnail: Edge length of the pictures in pixels.

    Returns:
        A table of `iadbe.schemas.ExamplesSchema`. `image`, `mask` (the grey image with the defect
        outlined) and `anomaly_map` (a heat map over the grey image) are JPEG bytes; `mask` is null
        for normal samples and where it is unknown.

    Raises:
        ContractError: If scores, maps and samples do not match one to one.
    """
    scored = score_samples(cell, samples, predictions)
    test = scored[scored["split"] == "test"].reset_index(drop=True)
    if maps:
        check_maps(cell, scored, test, maps)
    scale = _colour_scale(maps, set(test["sample_id"]))
    drawn = Samples(test, thumbnail, labelled=True)
    rows = [
        {
            **cell.row,
            **test.loc[row, ["sample_id", "label", "defect_type", "image_score"]].to_dict(),
            "kind": kind,
            "place": place,
            **_pictures(drawn[row], maps, scale),
        }
        for kind, chosen in _choose(test, per_kind).items()
        for place, row in enumerate(chosen, start=1)
    ]
    return pd.DataFrame(rows, columns=[*cell.row, *_COLUMNS])


def _choose(test: pd.DataFrame, per_kind: int) -> Mapping[str, list[int]]:
    """Row numbers of each kind, most telling first; equal scores go by sample id."""
    ranked = test.sort_values(["image_score", "sample_id"])
    normal = ranked.index[ranked["label"] == 0].to_list()
    anomalous = ranked.index[ranked["label"] == 1].to_list()
    hits = min(per_kind, (len(anomalous) + 1) // 2)
    return {
        "worst_miss": anomalous[: min(per_kind, len(anomalous) - hits)],
        "worst_false_alarm": normal[::-1][:per_kind],
        "best_hit": anomalous[::-1][:hits],
    }


def _colour_scale(maps: AnomalyMaps | None, tested: set[str]) -> tuple[float, float]:
    if not maps:
        return 0.0, 0.0
    pixels = [
        block[[sample_id in tested for sample_id in sample_ids], ::_STRIDE, ::_STRIDE].ravel()
        for sample_ids, block in maps.chunks(8)
    ]
    low, high = np.percentile(np.concatenate(pixels), _COLOUR_SCALE)
    return float(low), float(high)


def _pictures(
    sample: Sample, maps: AnomalyMaps | None, scale: tuple[float, float]
) -> dict[str, bytes | None]:
    image = sample.image
    heat = map_picture(image, maps[sample.sample_id], *scale) if maps else None
    return {
        "image": image_picture(image),
        "mask": mask_picture(image, sample.mask),
        "anomaly_map": heat,
    }
