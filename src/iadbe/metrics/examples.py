"""The test samples that tell most about a model: worst misses and false alarms, typical hits."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from PIL import Image

from iadbe.benchmark.cell import Cell
from iadbe.datasets.anomaly_maps import AnomalyMaps
from iadbe.images.overlay import levels
from iadbe.images.thumbnail import EDGE, image_thumbnail, mask_thumbnail
from iadbe.metrics.masked_maps import check_maps
from iadbe.metrics.scored import score_samples
from iadbe.samples import Sample, Samples

_COLOUR_SCALE = (1.0, 99.5)
"""Percentiles of the test maps that are black and white."""
_STRIDE = 4
"""Every 4th pixel of every 4th row is plenty for a percentile."""
_QUALITY = 85
_COLUMNS = (
    "sample_id", "kind", "place", "label", "defect_type", "image_score",
    "image", "mask", "anomaly_map", "map_low", "map_high",
)  # fmt: skip


def choose_examples(  # noqa: PLR0913 - all the inputs of one Kedro node
    cell: Cell,
    samples: pd.DataFrame,
    predictions: pd.DataFrame,
    maps: AnomalyMaps | None,
    *,
    per_kind: int = 3,
    edge: int = EDGE,
) -> pd.DataFrame:
    """Choose telling test samples and draw their anomaly maps.

    Args:
        cell: The cell; the maps of all its examples share one scale.
        samples: Manifest rows of the cell's category, all splits.
        predictions: Raw image scores of the val and test samples, in any order.
        maps: Raw anomaly maps, or None.
        per_kind: At most so many samples of each kind; none is both a miss and a hit.
        edge: Largest edge length of the pictures in pixels.

    Returns:
        A table of `iadbe.schemas.ExamplesSchema`.

    Raises:
        ContractError: If scores, maps and samples do not match one to one.
    """
    scored = score_samples(cell, samples, predictions)
    test = scored[scored["split"] == "test"].reset_index(drop=True)
    if maps:
        check_maps(cell, scored, test, maps)
    scale = _scale(maps, set(test["sample_id"]))
    told = ["sample_id", "label", "defect_type", "image_score"]
    shown = Samples(test, cell.image_size, labelled=True)
    rows = [
        {
            **cell.row,
            **test.loc[row, told].to_dict(),
            "kind": kind,
            "place": place,
            **_drawn(shown[row], maps, scale, edge),
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
    misses = min(per_kind, len(anomalous) - hits)
    return {
        "worst_miss": anomalous[:misses],
        "worst_false_alarm": normal[::-1][:per_kind],
        "typical_hit": _middle(anomalous[misses:], hits),
    }


def _middle(ranked: list[int], count: int) -> list[int]:
    """The median and those next to it, nearest first."""
    centre = (len(ranked) - 1) / 2
    order = sorted(range(len(ranked)), key=lambda place: (abs(place - centre), place))
    return [ranked[place] for place in order[:count]]


def _scale(maps: AnomalyMaps | None, tested: set[str]) -> tuple[float, float]:
    if not maps:
        return 0.0, 0.0
    pixels = [
        block[[sample_id in tested for sample_id in sample_ids], ::_STRIDE, ::_STRIDE].ravel()
        for sample_ids, block in maps.chunks(8)
    ]
    low, high = np.percentile(np.concatenate(pixels), _COLOUR_SCALE)
    return float(low), float(high)


def _drawn(
    sample: Sample, maps: AnomalyMaps | None, scale: tuple[float, float], edge: int
) -> dict[str, Any]:
    low, high = scale if maps else (None, None)
    return {
        "image": image_thumbnail(sample.image, edge),
        "mask": mask_thumbnail(sample.mask, edge),
        "anomaly_map": _grey(maps[sample.sample_id], *scale, edge) if maps else None,
        "map_low": low,
        "map_high": high,
    }


def _grey(map_: npt.NDArray[np.float32], low: float, high: float, edge: int) -> bytes:
    picture = Image.fromarray(levels(map_, low, high))
    picture.thumbnail((edge, edge), Image.Resampling.BOX)
    buffer = io.BytesIO()
    picture.save(buffer, format="JPEG", quality=_QUALITY, optimize=True)
    return buffer.getvalue()
