"""Board: a populated printed board in a fixture; small jitter, tolerances of every component."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from PIL import Image, ImageFilter

from iadbe.demo.board_canvas import FINENESS, Bar, Canvas
from iadbe.demo.board_components import (
    BARE,
    PIN_SHARE,
    draw_bare_board,
    draw_component,
    draw_shadow,
    pin_pitch,
    pins,
    solder,
)
from iadbe.demo.board_layout import COMPONENTS, TRACES, Component, Point
from iadbe.demo.shapes import Array, clouds

_SMALL = ("capacitor", "diode", "resistor")


@dataclass
class _Board:
    """A board before it is rendered; flaws change its fields."""

    size: int
    components: dict[str, Component]
    shift: Point
    turn: float
    gloss: Array
    bridges: list[Bar] = field(default_factory=list)
    cuts: list[tuple[Point, Point]] = field(default_factory=list)


def paint(
    size: int, scene: np.random.Generator, defect: str | None, flaw: np.random.Generator
) -> Array:
    """Draw a board, RGB float32 of shape (size, size, 3); the flaw never alters the scene."""
    board = _populate(size, scene)
    if defect is not None:
        _FLAWS[defect](board, flaw)
    return _render(board)


def _populate(size: int, rng: np.random.Generator) -> _Board:
    placed = {component.name: _placed(component, rng) for component in COMPONENTS}
    left, top = rng.uniform(-0.02, 0.02, 2)
    return _Board(size, placed, (left, top), rng.uniform(-0.03, 0.03), clouds(rng, size, 5))


def _placed(component: Component, rng: np.random.Generator) -> Component:
    """A component as a machine places it: a little off, a little turned, a little other in tone."""
    slack = 0.0028 if component.kind in _SMALL else 0.0012
    dx, dy = np.clip(rng.normal(0, slack, 2), -2 * slack, 2 * slack)
    turn = rng.normal(0, 0.022 if component.kind in _SMALL else 0.005)
    tone = rng.normal(1, 0.045)
    return replace(component, x=component.x + dx, y=component.y + dy, turn=turn, tone=tone)


@lru_cache(maxsize=2)
def _bare_board(size: int) -> Image.Image:
    canvas = Canvas.blank(size, BARE)
    draw_bare_board(canvas)
    return canvas.image


def _render(board: _Board) -> Array:
    canvas = Canvas(_bare_board(board.size).copy())
    for start, end in board.cuts:
        canvas.line([start, end], 0.017, (0.50, 0.42, 0.24))
        canvas.line([start, end], 0.009, (0.11, 0.17, 0.11))
    dark = Image.new("RGB", canvas.image.size, (4, 22, 14))
    canvas = Canvas(Image.composite(dark, canvas.image, _shadows(board)))
    for component in board.components.values():
        draw_component(canvas, component)
    for bridge in board.bridges:
        solder(canvas, bridge)
    image = canvas.photograph(board.shift, board.turn)
    return np.asarray(image * (1 + 0.03 * board.gloss[..., None]) + 0.012, dtype=np.float32)


def _shadows(board: _Board) -> Image.Image:
    canvas = Canvas.blank(board.size, (0, 0, 0))
    for component in board.components.values():
        draw_shadow(canvas, component)
    small = canvas.image.convert("L").reduce(FINENESS)
    soft = small.filter(ImageFilter.GaussianBlur(board.size / 128)).point(lambda grey: grey * 0.6)
    return soft.resize(canvas.image.size, Image.Resampling.BILINEAR)


def _one_of(board: _Board, rng: np.random.Generator, *kinds: str) -> Component:
    chosen = [component for component in board.components.values() if component.kind in kinds]
    return chosen[rng.integers(len(chosen))]


def _cut_trace(board: _Board, rng: np.random.Generator) -> None:
    """A gouge across a copper trace lays its edges bare."""
    trace = TRACES[rng.integers(len(TRACES))]
    leg = rng.integers(len(trace) - 1)
    start, end = np.asarray(trace[leg]), np.asarray(trace[leg + 1])
    middle = start + rng.uniform(0.3, 0.7) * (end - start)
    along = (end - start) / np.hypot(*(end - start))
    across = np.array([-along[1], along[0]]) + rng.normal(0, 0.5) * along
    reach = rng.uniform(0.012, 0.03) * across
    first, last = middle - reach, middle + reach
    board.cuts.append(((first[0], first[1]), (last[0], last[1])))


def _misplaced(board: _Board, rng: np.random.Generator) -> None:
    """A small component sits beside its pads, or askew, or both."""
    part = _one_of(board, rng, *_SMALL)
    angle, shift = rng.uniform(0, 2 * np.pi), rng.uniform(0.008, 0.026)
    turn = part.turn + rng.choice([-1, 1]) * rng.uniform(0.1, 0.7)
    x, y = part.x + shift * np.cos(angle), part.y + shift * np.sin(angle)
    board.components[part.name] = replace(part, x=x, y=y, turn=turn)


def _missing(board: _Board, rng: np.random.Generator) -> None:
    """A component was not placed: its bare pads show."""
    del board.components[_one_of(board, rng, "electrolytic", "crystal", *_SMALL).name]


def _reversed(board: _Board, rng: np.random.Generator) -> None:
    """A polarised component sits the wrong way round: only its mark tells."""
    part = _one_of(board, rng, "diode", "dual", "electrolytic", "quad")
    board.components[part.name] = replace(part, reversed_=True)


def _solder_bridge(board: _Board, rng: np.random.Generator) -> None:
    """Solder joins two neighbouring pins of an integrated circuit."""
    part = _one_of(board, rng, "dual", "quad")
    (x, y), heading = list(pins(part))[rng.integers(part.pins * (4 if part.kind == "quad" else 2))]
    pitch, size = pin_pitch(part), rng.uniform(0.012, 0.026)
    # Towards the side's middle there is always a neighbour.
    towards = np.sign((part.x - x) * -np.sin(heading) + (part.y - y) * np.cos(heading)) or 1.0
    x, y = x - 0.5 * pitch * towards * np.sin(heading), y + 0.5 * pitch * towards * np.cos(heading)
    x, y = x + 0.014 * np.cos(heading), y + 0.014 * np.sin(heading)
    board.bridges.append(Bar(x, y, size, pitch * (1 + PIN_SHARE), heading))


_FLAWS: dict[str, Callable[[_Board, np.random.Generator], None]] = {
    "cut_trace": _cut_trace,
    "misplaced": _misplaced,
    "missing": _missing,
    "reversed": _reversed,
    "solder_bridge": _solder_bridge,
}
DEFECTS = tuple(_FLAWS)
