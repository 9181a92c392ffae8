"""What a model sees: a sequence of samples, decoded on demand at one common size."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from iadbe.images.read import read_image, read_mask
from iadbe.images.store import ImageStore

Box = tuple[float, float, float, float]
"""A box around a defect: left, top, right, bottom, as shares of width and height in [0, 1]."""


@dataclass(frozen=True)
class Sample:
    """One image. Label, defect type, mask and boxes are None where a model may not see them."""

    sample_id: str
    image_path: Path
    size: int
    sha256: str = ""
    store: ImageStore | None = None
    label: int | None = None
    defect_type: str | None = None
    mask_path: Path | None = None
    boxes: tuple[Box, ...] | None = None

    @property
    def image(self) -> npt.NDArray[np.float32]:
        """The RGB image, float32 in [0, 1], shape (size, size, 3); made anew at each access."""
        if self.store is not None and self.sha256:
            return self.store.read(self.image_path, self.size, self.sha256)
        return read_image(self.image_path, self.size)

    @property
    def mask(self) -> npt.NDArray[np.bool_] | None:
        """The defect mask, shape (size, size); all False for a normal image, None if unknown."""
        if self.mask_path is not None:
            return read_mask(self.mask_path, self.size)
        return np.zeros((self.size, self.size), dtype=bool) if self.label == 0 else None


class Samples(Sequence[Sample]):
    """A sequence of samples over rows of the `samples` manifest.

    Args:
        frame: Rows of the manifest (see `iadbe.schemas.SamplesSchema`).
        size: Edge length in pixels of the square that every image and mask is resized to.
        labelled: Whether labels, defect types, masks and boxes are visible.
        store: Keeps decoded images between epochs, cells and runs; None decodes every time.
    """

    def __init__(
        self,
        frame: pd.DataFrame,
        size: int,
        *,
        labelled: bool = False,
        store: ImageStore | None = None,
    ) -> None:
        self.frame = frame.reset_index(drop=True)
        self.size = size
        self.labelled = labelled
        self.store = store
        if not labelled:
            hidden = ["label", "defect_type", "mask_path", "mask_sha256", "boxes", "synthetic"]
            self.frame = self.frame.drop(columns=hidden, errors="ignore")

    def __len__(self) -> int:
        return len(self.frame)

    @overload
    def __getitem__(self, index: int) -> Sample: ...
    @overload
    def __getitem__(self, index: slice) -> Samples: ...
    def __getitem__(self, index: int | slice) -> Sample | Samples:
        """One sample, or the sub-sequence of a slice."""
        if isinstance(index, slice):
            return self._like(self.frame.iloc[index], self.size)
        row = self.frame.iloc[index]
        seen = _visible(row) if self.labelled else {}
        image = Path(row["image_path"]), self.size, str(row.get("sha256") or ""), self.store
        return Sample(row["sample_id"], *image, **seen)  # type: ignore[arg-type]

    def at(self, size: int) -> Samples:
        """The same samples, decoded at another size: for a model with an input size of its own."""
        return self._like(self.frame, size)

    def _like(self, frame: pd.DataFrame, size: int) -> Samples:
        return Samples(frame, size, labelled=self.labelled, store=self.store)

    def __iter__(self) -> Iterator[Sample]:
        return (self[index] for index in range(len(self)))


def _visible(row: pd.Series) -> dict[str, object]:
    """The labelled part of a manifest row."""
    mask, boxes = row.get("mask_path"), row.get("boxes")
    return {
        "label": int(row["label"]),
        "defect_type": str(row["defect_type"]),
        "mask_path": Path(mask) if isinstance(mask, str) else None,
        "boxes": tuple(map(tuple, json.loads(boxes))) if isinstance(boxes, str) else None,
    }
