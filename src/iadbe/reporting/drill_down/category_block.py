"""What all cells of a category share: its test samples, pictures, and intervals of counts."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from iadbe.reporting.drill_down.budget import Key, Picture
from iadbe.reporting.rows import Row
from iadbe.statistics.binomial import binomial_intervals

_DIGITS = 4


SAMPLE = ("sample_id", "label", "defect_type", "defect_size")
THUMBNAIL = ("sample_id", "split", "defect_type")


def category_block(
    dataset: str, samples: list[Row], thumbnails: list[Row], pictures: Mapping[Key, Picture]
) -> dict[str, Any]:
    """One category as plain data for the page.

    Args:
        dataset: Its dataset.
        samples: `SAMPLE` of the test samples of all its cells, again and again.
        thumbnails: `THUMBNAIL` of its thumbnails.
        pictures: Those that the report has room for.

    Returns:
        `samples` (id, label, defect type, defect size) in the order of ids, to which the scores of
        its cells are aligned; `images` and `masks` in base64 by place in that order; `others`,
        pictures of images that no cell has scored; and `intervals`, the exact ones of k among all
        normal and among all anomalous samples, k from 0.
    """
    tested = sorted({row[0]: row for row in samples}.values())
    places = {row[0]: place for place, row in enumerate(tested)}
    known = {
        places[name]: pictures[dataset, name] for name in places if (dataset, name) in pictures
    }
    counts = [sum(row[1] == label for row in tested) for label in (0, 1)]
    return {
        "samples": [[*row[:3], row[3] or ""] for row in tested],
        "images": {place: encoded(each.image) for place, each in known.items()},
        "masks": {place: encoded(each.mask) for place, each in known.items() if each.mask},
        "others": [
            [*row, *_encoded(pictures[dataset, row[0]])]
            for row in thumbnails
            if row[0] not in places and (dataset, row[0]) in pictures
        ],
        "intervals": [_intervals(count) for count in counts],
    }


def encoded(picture: bytes) -> str:
    """Base64."""
    return base64.b64encode(picture).decode()


def _encoded(picture: Picture) -> list[str]:
    return [encoded(picture.image), encoded(picture.mask) if picture.mask else ""]


def _intervals(count: int) -> list[list[float]]:
    return [[round(end, _DIGITS) for end in ends] for ends in binomial_intervals(count)]
