"""Fabric: a 2/2 twill of slate warp and pale weft, at a random place and slight slant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from iadbe.demo.shapes import Array, blend, blob, clouds, curve, grid, shade, stroke

_THREADS = 30
"""Threads across the image; a thread is the unit of the weave's own coordinates."""
_LAMP = -2.2
_BACKING = (0.055, 0.055, 0.065)


@dataclass
class _Cloth:
    """A piece of cloth before it is rendered; flaws change its fields."""

    size: int
    u: Array
    v: Array
    warp_tone: Array
    weft_tone: Array
    fibres: Array
    warp_colour: npt.NDArray[np.float64]
    weft_colour: npt.NDArray[np.float64]
    warp_cut: npt.NDArray[np.bool_]
    weft_cut: npt.NDArray[np.bool_]
    tints: list[tuple[npt.ArrayLike, Array]] = field(default_factory=list)
    lint: list[tuple[npt.ArrayLike, Array]] = field(default_factory=list)


def paint(
    size: int, scene: np.random.Generator, defect: str | None, flaw: np.random.Generator
) -> Array:
    """Draw cloth, RGB float32 of shape (size, size, 3); the flaw never alters the scene."""
    cloth = _weave(size, scene)
    if defect is not None:
        _FLAWS[defect](cloth, flaw)
    return _render(cloth)


def _weave(size: int, rng: np.random.Generator) -> _Cloth:
    x, y = grid(size)
    angle, pitch = rng.normal(0, 0.025), _THREADS * rng.normal(1, 0.012)
    sag = 0.25
    u = (x * np.cos(angle) + y * np.sin(angle)) * pitch + rng.uniform(8, 12)
    v = (y * np.cos(angle) - x * np.sin(angle)) * pitch + rng.uniform(8, 12)
    dye = rng.normal(0, 0.008)
    return _Cloth(
        size,
        (u + sag * clouds(rng, size, 4)).astype(np.float32),
        (v + sag * clouds(rng, size, 4)).astype(np.float32),
        rng.normal(1, 0.04, 64).astype(np.float32),
        rng.normal(1, 0.04, 64).astype(np.float32),
        clouds(rng, size, size // 3),
        np.array([0.34, 0.41, 0.50]) + dye,
        np.array([0.57, 0.59, 0.60]) + dye,
        np.zeros((size, size), dtype=bool),
        np.zeros((size, size), dtype=bool),
    )


def _render(cloth: _Cloth) -> Array:
    i, j = np.floor(cloth.u), np.floor(cloth.v)
    # In a 2/2 twill the warp lies on top where (j - i) mod 4 is 0 or 1.
    warp = _round(cloth.u - i) + 0.55 * np.sin(np.pi / 2 * (cloth.v - i))
    weft = _round(cloth.v - j) - 0.55 * np.sin(np.pi / 2 * (j - cloth.u + 1))
    warp = np.where(cloth.warp_cut, -2, warp)
    weft = np.where(cloth.weft_cut, -2, weft)
    top = np.maximum(np.maximum(warp, weft), -0.9)
    tones = np.where(warp > weft, _tone(cloth.warp_tone, i), _tone(cloth.weft_tone, j))
    colours = np.where((warp > weft)[..., None], cloth.warp_colour, cloth.weft_colour)
    depth = 0.72 + 0.22 * np.clip(top, -0.9, 1.5)
    light = shade((top * 0.22 / _THREADS).astype(np.float32), _LAMP)
    lit = colours * (tones * depth * light * (1 + 0.045 * cloth.fibres))[..., None]
    image = np.where((top > -0.9)[..., None], lit, _BACKING).astype(np.float32)
    for tint, coverage in cloth.tints:
        image = blend(image, image * np.asarray(tint, dtype=np.float32), coverage)
    for colour, coverage in cloth.lint:
        image = blend(image, colour, coverage)
    return image


def _round(across: Array) -> Array:
    """The height of a thread of circular section at `across` in [0, 1] of its pitch."""
    return np.asarray(np.sqrt(np.clip(1 - (2.1 * (across - 0.5)) ** 2, 0, 1)), dtype=np.float32)


def _tone(tones: Array, index: Array) -> Array:
    return np.take(tones, index.astype(int), mode="wrap")


def _somewhere(rng: np.random.Generator, margin: float = 0.14) -> tuple[float, float]:
    return rng.uniform(margin, 1 - margin), rng.uniform(margin, 1 - margin)


def _hole(cloth: _Cloth, rng: np.random.Generator) -> None:
    """Both threads are cut; each frays back by its own length."""
    (x, y), (left, top) = grid(cloth.size), _somewhere(rng)
    inside = blob(rng, x - left, y - top, rng.uniform(0.018, 0.045), 0.25) * _THREADS
    frays = rng.uniform(-0.9, 0.5, (2, 64)).astype(np.float32)
    cloth.warp_cut |= inside + _tone(frays[0], np.floor(cloth.u)) < 0
    cloth.weft_cut |= inside + _tone(frays[1], np.floor(cloth.v)) < 0


def _missing_thread(cloth: _Cloth, rng: np.random.Generator) -> None:
    """One weft or warp thread is absent over part of its length."""
    left, top = _somewhere(rng)
    along, across, cut = (
        (cloth.u, cloth.v, cloth.weft_cut)
        if rng.random() < 0.5
        else (cloth.v, cloth.u, cloth.warp_cut)
    )
    row, column = int(top * cloth.size), int(left * cloth.size)
    thread, middle = np.floor(across[row, column]), along[row, column]
    half = rng.uniform(2.0, 9.0)
    cut |= (np.floor(across) == thread) & (np.abs(along - middle) < half)


def _snag(cloth: _Cloth, rng: np.random.Generator) -> None:
    """Threads are drawn aside around a point and the weave gapes; no colour changes."""
    (x, y), (left, top) = grid(cloth.size), _somewhere(rng)
    reach, pull = rng.uniform(0.035, 0.06), rng.uniform(0.5, 1.1)
    angle = rng.uniform(0, 2 * np.pi)
    near = np.exp(-((x - left) ** 2 + (y - top) ** 2) / (2 * reach**2 / 2)) * pull
    cloth.u = (cloth.u + near * np.cos(angle)).astype(np.float32)
    cloth.v = (cloth.v + near * np.sin(angle)).astype(np.float32)


def _stain(cloth: _Cloth, rng: np.random.Generator) -> None:
    """Oil or rust water: a soft tint, from plain to hardly visible."""
    (x, y), (left, top) = grid(cloth.size), _somewhere(rng)
    radius = rng.uniform(0.035, 0.08)
    distance = blob(rng, x - left, y - top, radius, 0.3)
    soft = np.clip(0.5 - distance / (0.5 * radius), 0, 1)
    tint = np.array([0.70, 0.55, 0.38]) if rng.random() < 0.5 else np.array([0.60, 0.60, 0.63])
    cloth.tints.append((tint, (soft * rng.uniform(0.4, 1.0)).astype(np.float32)))


def _lint(cloth: _Cloth, rng: np.random.Generator) -> None:
    """A foreign fibre lies on the cloth and throws a thin shadow."""
    line = curve(rng, _somewhere(rng, 0.25), rng.uniform(0.12, 0.28), 0.06)
    width = rng.uniform(0.005, 0.009)
    colour = [(0.78, 0.76, 0.70), (0.10, 0.10, 0.12), (0.55, 0.22, 0.20)][rng.integers(3)]
    cloth.tints.append(((0.6, 0.6, 0.6), stroke(cloth.size, line + 0.005, width)))
    cloth.lint.append((colour, stroke(cloth.size, line, width) * np.float32(0.85)))


_FLAWS: dict[str, Callable[[_Cloth, np.random.Generator], None]] = {
    "hole": _hole,
    "lint": _lint,
    "missing_thread": _missing_thread,
    "snag": _snag,
    "stain": _stain,
}
DEFECTS = tuple(_FLAWS)
