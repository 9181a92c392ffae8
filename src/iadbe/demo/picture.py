"""One picture of the demo: which one it is, and how it is drawn from its own random numbers."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from iadbe.demo import board, fabric, part
from iadbe.demo.camera import expose
from iadbe.demo.flaw import changed_region
from iadbe.demo.shapes import Array
from iadbe.schemas import NORMAL

_ATTEMPTS = 50
_Painter = Callable[[int, np.random.Generator, str | None, np.random.Generator], Array]


class Category(NamedTuple):
    """What can be drawn: a painter and the defect types it knows."""

    paint: _Painter
    defects: tuple[str, ...]


CATEGORIES = {
    "board": Category(board.paint, board.DEFECTS),
    "fabric": Category(fabric.paint, fabric.DEFECTS),
    "part": Category(part.paint, part.DEFECTS),
}


@dataclass(frozen=True)
class Picture:
    """The name of a picture; its random numbers depend on nothing else, so counts may change."""

    seed: int
    category: str
    split: str
    defect: str
    index: int

    def draw(self, size: int) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_] | None]:
        """The image, uint8 of shape (size, size, 3), and its mask, bool (size, size), or None."""
        scene, flaws, camera = self._seeds()
        paint = CATEGORIES[self.category].paint
        painted = paint(size, _generator(scene), None, _generator(flaws))
        mask = None
        if self.defect != NORMAL:
            painted, mask = self._spoil(size, painted, scene, flaws)
        return expose(painted, _generator(camera)), mask

    def _spoil(
        self,
        size: int,
        flawless: Array,
        scene: np.random.SeedSequence,
        flaws: np.random.SeedSequence,
    ) -> tuple[Array, npt.NDArray[np.bool_]]:
        """The same scene with a flaw; one that nobody could see is no flaw and is drawn again."""
        paint = CATEGORIES[self.category].paint
        for flaw in flaws.spawn(_ATTEMPTS):
            flawed = paint(size, _generator(scene), self.defect, _generator(flaw))
            mask = changed_region(flawed, flawless)
            if mask.any():
                return flawed, mask
        message = f"{self.category}/{self.defect}: no visible flaw at a size of {size} pixels"
        raise ValueError(message)

    def _seeds(self) -> list[np.random.SeedSequence]:
        words = (self.category, self.split, self.defect)
        name = [zlib.crc32(word.encode()) for word in words]
        return np.random.SeedSequence([self.seed, *name, self.index]).spawn(3)


def _generator(seed: np.random.SeedSequence) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))
