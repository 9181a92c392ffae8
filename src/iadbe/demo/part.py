"""Part: a turned steel flange with six bolt holes and a keyway, lying in any rotation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from iadbe.demo.shapes import Array, blend, blob, clouds, cover, curve, grid, shade, stroke

_RADIUS, _HUB, _BORE, _PITCH, _BOLT = 0.40, 0.185, 0.095, 0.29, 0.036
_STEEL = (0.56, 0.575, 0.60)
_LAMP = -2.2


@dataclass
class _Flange:
    """A flange before it is rendered; flaws change its fields. Lengths are shares of the edge."""

    size: int
    x: Array
    y: Array
    turn: float
    rings: npt.NDArray[np.float64]
    grain: Array
    mat: Array
    patina: Array
    bolts: list[float]
    bites: list[Array] = field(default_factory=list)
    relief: list[Array] = field(default_factory=list)
    tints: list[tuple[npt.ArrayLike, Array]] = field(default_factory=list)
    swarf: list[tuple[npt.ArrayLike, Array]] = field(default_factory=list)

    @property
    def radius(self) -> Array:
        """The distance of each pixel from the flange's axis."""
        return np.hypot(self.x, self.y)


def paint(
    size: int, scene: np.random.Generator, defect: str | None, flaw: np.random.Generator
) -> Array:
    """Draw a part, RGB float32 of shape (size, size, 3); the flaw never alters the scene."""
    flange = _lay(size, scene)
    if defect is not None:
        _FLAWS[defect](flange, flaw)
    return _render(flange)


def _lay(size: int, rng: np.random.Generator) -> _Flange:
    x, y = grid(size)
    left, top = 0.5 + rng.uniform(-0.015, 0.015, 2)
    turn = rng.uniform(0, 2 * np.pi)
    rings = ndimage.gaussian_filter1d(rng.normal(size=4 * size), 2.5) * 2.0
    fine = rng.standard_normal((size, size), dtype=np.float32)
    return _Flange(
        size,
        (x - left).astype(np.float32),
        (y - top).astype(np.float32),
        turn,
        rings,
        clouds(rng, size, size // 2),
        ndimage.gaussian_filter(fine, 0.7),
        clouds(rng, size, 6),
        [turn + k * np.pi / 3 for k in range(6)],
    )


def _render(flange: _Flange) -> Array:
    body, height = _body(flange)
    steel = _steel(flange, height)
    shadow = cover((np.hypot(flange.x - 0.012, flange.y - 0.016) - _RADIUS).astype(np.float32))
    shadow = ndimage.gaussian_filter(shadow, 0.012 * flange.size)
    mat = 0.115 + 0.028 * flange.mat
    ground = (mat * (1 - 0.7 * shadow))[..., None] * np.array([0.94, 0.99, 1.06])
    image = blend(ground.astype(np.float32), steel, cover(body))
    for colour, coverage in flange.swarf:
        image = blend(image, colour, coverage)
    return np.clip(image, 0, 1)


def _body(flange: _Flange) -> tuple[Array, Array]:
    """The signed distance to the metal seen from above, and its height."""
    radius = flange.radius
    outer = radius - _RADIUS
    for bite in flange.bites:
        outer = np.maximum(outer, -bite)
    holes = [radius - _BORE, _keyway(flange)]
    holes += [_bolt(flange, angle) for angle in flange.bolts]
    hole = np.minimum.reduce(holes)
    body = np.maximum(outer, -hole).astype(np.float32)
    height = 0.014 * _ramp(-outer, 0.012) + 0.016 * _ramp(_HUB - radius, 0.014)
    height += 0.012 * _ramp(hole, 0.009) + sum(flange.relief)
    return body, np.asarray(height, dtype=np.float32)


def _steel(flange: _Flange, height: Array) -> Array:
    """Turning marks spread the lamp into a bow tie that stays put when the part turns."""
    rings = np.interp(flange.radius, np.linspace(0, 0.75, len(flange.rings)), flange.rings)
    along = np.cos(np.arctan2(flange.y, flange.x) - _LAMP + 0.2 * rings)
    gleam = 0.42 * along**8 + 0.10 * np.abs(along)
    tone = 0.76 + gleam + 0.026 * rings + 0.012 * flange.grain + 0.012 * flange.patina
    relief = 1 + 0.42 * (shade(height, _LAMP) - 1)
    image = (tone * relief)[..., None] * np.asarray(_STEEL)
    for tint, coverage in flange.tints:
        image = blend(image, image * np.asarray(tint), coverage)
    return np.asarray(image, dtype=np.float32)


def _ramp(distance: Array, width: float) -> Array:
    """0 outside, rising over a chamfer of `width` to 1 inside."""
    share = np.clip(distance / width, 0, 1)
    return np.asarray(share * share * (3 - 2 * share), dtype=np.float32)


def _bolt(flange: _Flange, angle: float) -> Array:
    x, y = _PITCH * np.cos(angle), _PITCH * np.sin(angle)
    return np.asarray(np.hypot(flange.x - x, flange.y - y) - _BOLT, dtype=np.float32)


def _keyway(flange: _Flange) -> Array:
    """Signed distance to the slot that opens the bore on one side."""
    along = flange.x * np.cos(flange.turn) + flange.y * np.sin(flange.turn)
    across = flange.y * np.cos(flange.turn) - flange.x * np.sin(flange.turn)
    return np.asarray(
        np.maximum(np.abs(along - 0.07) - 0.06, np.abs(across) - 0.026), dtype=np.float32
    )


def _spot(flange: _Flange, rng: np.random.Generator) -> tuple[Array, Array, tuple[float, float]]:
    """Coordinates around a random place on the flat face between the bolts, and that place."""
    angle = rng.choice(flange.bolts) + np.pi / 6 + rng.uniform(-0.25, 0.25)
    radius = rng.uniform(_HUB + 0.04, _RADIUS - 0.05)
    x, y = radius * np.cos(angle), radius * np.sin(angle)
    left, top = x + 0.5 - flange.x[0, 0], y + 0.5 - flange.y[0, 0]
    return flange.x - x, flange.y - y, (left - 0.5, top - 0.5)


def _blocked_hole(flange: _Flange, rng: np.random.Generator) -> None:
    """A curl of swarf sticks in a bolt hole."""
    angle = rng.choice(flange.bolts)
    x, y = _PITCH * np.cos(angle), _PITCH * np.sin(angle)
    start = (x - flange.x[0, 0] + rng.normal(0, 0.008), y - flange.y[0, 0] + rng.normal(0, 0.008))
    inside = cover(_bolt(flange, angle))
    for grey in (0.30, 0.45, 0.62):
        curl = stroke(flange.size, curve(rng, start, rng.uniform(0.06, 0.11), 0.25), 0.008)
        flange.swarf.append(((grey, 0.95 * grey, 0.86 * grey), curl * inside))


def _chipped_edge(flange: _Flange, rng: np.random.Generator) -> None:
    """A piece has broken out of the rim."""
    angle, radius = rng.uniform(0, 2 * np.pi), rng.uniform(0.016, 0.04)
    x, y = (_RADIUS + 0.2 * radius) * np.cos(angle), (_RADIUS + 0.2 * radius) * np.sin(angle)
    flange.bites.append(blob(rng, flange.x - x, flange.y - y, radius, 0.3))


def _dent(flange: _Flange, rng: np.random.Generator) -> None:
    """The face was struck: a shallow round hollow that only its shading betrays."""
    x, y, _ = _spot(flange, rng)
    reach = rng.uniform(0.014, 0.028)
    hollow = np.exp(-(x**2 + y**2) / (2 * reach**2))
    flange.relief.append((-rng.uniform(0.5, 1.0) * reach * hollow).astype(np.float32))


def _missing_hole(flange: _Flange, rng: np.random.Generator) -> None:
    """One bolt hole was never drilled."""
    flange.bolts.pop(rng.integers(len(flange.bolts)))


def _rust(flange: _Flange, rng: np.random.Generator) -> None:
    """A patch of corrosion, from a plain brown to a breath of colour."""
    x, y, _ = _spot(flange, rng)
    radius = rng.uniform(0.018, 0.045)
    patch = np.clip(0.5 - blob(rng, x, y, radius, 0.4) / (0.6 * radius), 0, 1)
    flange.tints.append(((0.80, 0.58, 0.42), (patch * rng.uniform(0.3, 0.9)).astype(np.float32)))


def _scratch(flange: _Flange, rng: np.random.Generator) -> None:
    """A thin line across the turning marks, bright on its lit side."""
    _, _, start = _spot(flange, rng)
    line = curve(rng, start, rng.uniform(0.12, 0.30), 0.012)
    width = rng.uniform(0.005, 0.009)
    mark = stroke(flange.size, line, width) * np.float32(rng.uniform(0.6, 1.0))
    flange.tints.append(((1.6, 1.6, 1.6), mark))
    flange.tints.append(((0.5, 0.5, 0.5), np.roll(mark, (1, 1), (0, 1))))


_FLAWS: dict[str, Callable[[_Flange, np.random.Generator], None]] = {
    "blocked_hole": _blocked_hole,
    "chipped_edge": _chipped_edge,
    "dent": _dent,
    "missing_hole": _missing_hole,
    "rust": _rust,
    "scratch": _scratch,
}
DEFECTS = tuple(_FLAWS)
