"""COCO's run-length encoding of masks: runs down the columns, beginning with a run of zeros.

The text form is that of cocoapi's `rleToString`: differences to the run before last, five bits a
character. Source: https://github.com/cocodataset/cocoapi, `common/maskApi.c`.
"""

from __future__ import annotations

import numpy as np

from iadbe.layouts.polygons import Mask


def encode(mask: Mask) -> list[int]:
    """The runs of a mask, shape (height, width)."""
    flat = np.concatenate([[False], mask.ravel(order="F")])
    changes = np.flatnonzero(flat[1:] != flat[:-1])
    return [int(n) for n in np.diff(np.concatenate([[0], changes, [mask.size]]))]


def decode(counts: list[int] | str, height: int, width: int) -> Mask:
    """The mask of runs.

    Raises:
        ValueError: If the runs do not fill an image of that size.
    """
    runs = _from_text(counts) if isinstance(counts, str) else counts
    if sum(runs) != height * width or min(runs, default=0) < 0:
        raise ValueError(f"its runs hold {sum(runs)} pixels, not {height}×{width}")
    values = np.arange(len(runs)) % 2 == 1
    return np.repeat(values, runs).reshape((height, width), order="F")


def _from_text(text: str) -> list[int]:
    runs: list[int] = []
    value = shift = 0
    for sign in text:
        bits = ord(sign) - 48
        value |= (bits & 0x1F) << shift
        shift += 5
        if not bits & 0x20:
            if bits & 0x10:
                value |= -1 << shift
            runs.append(value + (runs[-2] if len(runs) > 2 else 0))
            value = shift = 0
    return runs
