"""Which pictures a report holds: as many as its size allows, the most telling first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from iadbe.schemas import EXAMPLE_KINDS

BASE_BYTES = 2_000_000
"""For a small benchmark: with plotly.js and base64 its report stays below 8 MB."""
BYTES_PER_CELL = 9_000
"""For each further cell: 16 models in 41 categories stay below 25 MB."""
_SMALL = 15
_FIRST = 2
"""Thumbnails of each category and defect type that come before any example."""

Key = tuple[str, str]
"""Dataset and sample id."""


class Picture(NamedTuple):
    """JPEG of an image, and PNG of its mask or None."""

    image: bytes
    mask: bytes | None


class Chosen(NamedTuple):
    """What is shown; `left_out` counts examples whose map or image did not fit."""

    pictures: dict[Key, Picture]
    maps: set[int]
    left_out: int


def allowance(cells: int) -> int:
    """Bytes that the pictures of a report may take together.

    Args:
        cells: Of the matrix.
    """
    return BASE_BYTES + BYTES_PER_CELL * max(0, cells - _SMALL)


def choose(examples: pd.DataFrame, thumbnails: pd.DataFrame, max_bytes: int) -> Chosen:
    """Choose pictures until the bytes are spent; a cut hits all models and categories alike.

    Args:
        examples: Those of finished cells (`iadbe.schemas.ExamplesSchema`).
        thumbnails: Of the datasets (`iadbe.schemas.ThumbnailsSchema`).
        max_bytes: What all chosen pictures may take together; one that is shown at several places
            is stored once.

    Returns:
        The pictures, and the index labels of the examples whose anomaly map is shown.
    """
    pictures: dict[Key, Picture] = {}
    maps: set[int] = set()
    spent = left_out = 0
    for key, picture, label, map_ in _in_order(examples, thumbnails):
        size = len(map_ or b"") + (0 if key in pictures else _size(picture))
        if spent + size > max_bytes:
            left_out += label is not None
            continue
        spent += size
        pictures.setdefault(key, picture)
        if label is not None:
            maps.add(label)
    return Chosen(pictures, maps, left_out)


_Candidate = tuple[Key, Picture, int | None, bytes | None]


def _in_order(examples: pd.DataFrame, thumbnails: pd.DataFrame) -> Iterator[_Candidate]:
    kinds = ["dataset", "category", "split", "defect_type"]
    ranks = thumbnails.groupby(kinds).cumcount()
    yield from _thumbnails(thumbnails[ranks < _FIRST])
    # A miss of every model in every category before a false alarm of any.
    order = examples["kind"].map(EXAMPLE_KINDS.index)
    keys = ["seed", "place", "order", "category", "model"]
    yield from _examples(examples.assign(order=order).sort_values(keys, kind="stable"))
    rest = thumbnails.assign(rank=ranks)[ranks >= _FIRST]
    yield from _thumbnails(rest.sort_values("rank", kind="stable"))


def _thumbnails(rows: pd.DataFrame) -> Iterator[_Candidate]:
    names = ("dataset", "sample_id", "image", "mask")
    for dataset, sample_id, image, mask in zip(*(rows[name] for name in names), strict=True):
        yield (dataset, sample_id), Picture(image, _bytes(mask)), None, None


def _examples(rows: pd.DataFrame) -> Iterator[_Candidate]:
    names = ("dataset", "sample_id", "image", "mask", "anomaly_map")
    columns = (rows[name] for name in names)
    for label, (dataset, sample_id, image, mask, map_) in zip(
        rows.index, zip(*columns, strict=True), strict=True
    ):
        yield (dataset, sample_id), Picture(image, _bytes(mask)), int(label), _bytes(map_)


def _bytes(content: object) -> bytes | None:
    return content if isinstance(content, bytes) else None


def _size(picture: Picture) -> int:
    return len(picture.image) + len(picture.mask or b"")
