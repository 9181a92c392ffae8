"""What all cells of a category share: its test samples, pictures, and intervals of counts."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import pandas as pd

from iadbe.reporting.drill_down.budget import Key, Picture
from iadbe.reporting.formats import text
from iadbe.statistics.binomial import binomial_intervals

_DIGITS = 4


def category_block(
    dataset: str, scores: pd.DataFrame, thumbnails: pd.DataFrame, pictures: Mapping[Key, Picture]
) -> dict[str, Any]:
    """One category as plain data for the page.

    Args:
        dataset: Its dataset.
        scores: Of all its cells (`iadbe.schemas.ScoresSchema`).
        thumbnails: Its thumbnails (`iadbe.schemas.ThumbnailsSchema`).
        pictures: Those that the report has room for.

    Returns:
        `samples` (id, label, defect type, defect size) in the order of ids, to which the scores of
        its cells are aligned; `images` and `masks` in base64 by place in that order; `training`
        and `others`, pictures of images that no cell has scored; and `intervals`, the exact ones
        of k among all normal and among all anomalous samples, k from 0.
    """
    told = ["sample_id", "label", "defect_type", "defect_size"]
    tested = scores[told].sort_values(told[:3]).drop_duplicates("sample_id")
    ids = tested["sample_id"].tolist()
    known = {name: pictures[dataset, name] for name in ids if (dataset, name) in pictures}
    counts = [int((tested["label"] == label).sum()) for label in (0, 1)]
    return {
        "samples": [_sample(*row) for row in zip(*(tested[name] for name in told), strict=True)],
        "images": {ids.index(name): encoded(each.image) for name, each in known.items()},
        "masks": {ids.index(name): encoded(each.mask) for name, each in known.items() if each.mask},
        "others": _others(dataset, thumbnails[~thumbnails["sample_id"].isin(known)], pictures),
        "intervals": [_intervals(count) for count in counts],
    }


def encoded(picture: bytes) -> str:
    """Base64."""
    return base64.b64encode(picture).decode()


def _sample(sample_id: str, label: int, defect_type: str, size: object) -> list[Any]:
    return [sample_id, int(label), defect_type, text(size) or ""]


def _others(
    dataset: str, thumbnails: pd.DataFrame, pictures: Mapping[Key, Picture]
) -> list[list[str]]:
    """Id, split, defect type, image and mask."""
    shown = [
        (row, pictures[dataset, str(row["sample_id"])])
        for row in thumbnails.to_dict("records")
        if (dataset, str(row["sample_id"])) in pictures
    ]
    return [
        [str(row["sample_id"]), str(row["split"]), str(row["defect_type"]),
         encoded(picture.image), encoded(picture.mask) if picture.mask else ""]
        for row, picture in shown
    ]  # fmt: skip


def _intervals(count: int) -> list[list[float]]:
    return [[round(end, _DIGITS) for end in ends] for ends in binomial_intervals(count)]
