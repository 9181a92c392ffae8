"""How a bare board and each kind of component look."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from iadbe.demo.board_canvas import Bar, Canvas, Colour, turned
from iadbe.demo.board_layout import COMPONENTS, MOUNTING_HOLES, TRACES, VIAS, Component, Point

_MASK: Colour = (0.045, 0.285, 0.170)
_COPPER_UNDER_MASK: Colour = (0.085, 0.400, 0.235)
_SILK: Colour = (0.82, 0.86, 0.82)
_TIN: Colour = (0.66, 0.67, 0.68)
_GOLD: Colour = (0.78, 0.64, 0.30)
_DARK: Colour = (0.075, 0.075, 0.08)
PIN_SHARE = 0.45
"""Width of a pin as a share of the distance between two pins."""


def draw_bare_board(canvas: Canvas) -> None:
    """Traces, vias, mounting holes, pads and print, as before any component is mounted."""
    for trace in TRACES:
        canvas.line(trace, 0.011, _COPPER_UNDER_MASK)
    for x, y in MOUNTING_HOLES:
        canvas.disc(x, y, 0.042, _GOLD)
        canvas.disc(x, y, 0.024, (0.10, 0.10, 0.11))
    for x, y in VIAS:
        canvas.disc(x, y, 0.0125, _tinted(_GOLD, 0.9))
        canvas.disc(x, y, 0.0055, (0.05, 0.06, 0.05))
    for component in COMPONENTS:
        _print_and_pads(canvas, component)
    canvas.word(0.27, 0.615, "IADBE-1", 0.036, _SILK)


def draw_component(canvas: Canvas, component: Component) -> None:
    """One component in its place."""
    _KINDS[component.kind](canvas, component)


def draw_shadow(canvas: Canvas, component: Component) -> None:
    """The component's footprint in white, away from the lamp."""
    c, shift = component, 0.008
    if c.kind == "electrolytic":
        canvas.disc(c.x + 2 * shift, c.y + 2 * shift, c.width / 2, (1, 1, 1))
    else:
        canvas.bar(Bar(c.x + shift, c.y + shift, c.width, c.height, c.turn), (1, 1, 1))


def pins(component: Component) -> Iterator[tuple[Point, float]]:
    """Centre and outward direction (radians) of each pin of an integrated circuit, in order."""
    c = component
    sides = 4 if c.kind == "quad" else 2
    for side in range(sides):
        heading = c.turn + 2 * math.pi * side / sides
        for index in range(c.pins):
            along = (index - (c.pins - 1) / 2) * pin_pitch(c)
            yield turned((c.x, c.y), (c.width / 2 - 0.008, along), heading), heading


def pin_pitch(component: Component) -> float:
    """Distance from one pin to the next, in shares."""
    return 0.86 * component.height / component.pins


def solder(canvas: Canvas, bar: Bar) -> None:
    """A tinned area with the gleam of a fillet."""
    canvas.bar(bar, _TIN)
    gleam = Bar(bar.x - 0.003, bar.y - 0.003, 0.45 * bar.width, 0.45 * bar.height, bar.turn)
    canvas.bar(gleam, (0.88, 0.89, 0.90))


def _print_and_pads(canvas: Canvas, c: Component) -> None:
    if c.kind in ("resistor", "capacitor", "diode"):
        for end in (-1, 1):
            along = end * 0.5 * max(c.width, c.height)
            x, y = (c.x + along, c.y) if c.width > c.height else (c.x, c.y + along)
            solder(canvas, Bar(x, y, 0.034, 0.042, 0.0 if c.width > c.height else math.pi / 2))
        return
    radius = 0.56 * c.width
    if c.kind == "electrolytic":
        canvas.disc(c.x, c.y, radius, _SILK)
        canvas.disc(c.x, c.y, radius - 0.006, _MASK)
        canvas.bar(Bar(c.x - 0.3 * c.width, c.y, 0.03, 0.03), _TIN)
        canvas.bar(Bar(c.x + 0.3 * c.width, c.y, 0.03, 0.03), _TIN)
        canvas.word(c.x + 0.62 * c.width, c.y - 0.42 * c.width, "+", 0.035, _SILK)
    elif c.kind in ("quad", "dual"):
        for (x, y), heading in pins(c):
            canvas.bar(Bar(x, y, 0.042, PIN_SHARE * pin_pitch(c), heading), _tinted(_TIN, 0.9))
        canvas.word(c.x - 0.6 * c.width, c.y - 0.58 * c.height, c.name, 0.032, _SILK)
    elif c.kind == "header":
        canvas.bar(Bar(c.x, c.y, c.width + 0.022, c.height + 0.022), _SILK)
        canvas.bar(Bar(c.x, c.y, c.width + 0.010, c.height + 0.010), _MASK)
        canvas.word(c.x + 0.275, c.y, c.name, 0.032, _SILK)


def _resistor(canvas: Canvas, c: Component) -> None:
    _two_ended(canvas, c, (0.09, 0.09, 0.095))
    canvas.bar(Bar(c.x, c.y, 0.20 * c.width, 0.20 * c.height, c.turn), (0.55, 0.55, 0.55))


def _capacitor(canvas: Canvas, c: Component) -> None:
    _two_ended(canvas, c, (0.56, 0.44, 0.30))


def _two_ended(canvas: Canvas, c: Component, body: Colour) -> None:
    """A chip whose two short ends are tinned; a standing one is drawn lying and turned."""
    long, short = max(c.width, c.height), min(c.width, c.height)
    turn = c.turn + (0.0 if c.width > c.height else math.pi / 2)
    canvas.bar(Bar(c.x, c.y, long, short, turn), _tinted((0.76, 0.76, 0.77), c.tone))
    canvas.bar(Bar(c.x, c.y, 0.60 * long, short, turn), _tinted(body, c.tone))
    x, y = turned((c.x, c.y), (0, -0.32 * short), turn)
    canvas.bar(Bar(x, y, 0.60 * long, 0.16 * short, turn), _tinted(body, 1.35 * c.tone))


def _diode(canvas: Canvas, c: Component) -> None:
    canvas.bar(Bar(c.x, c.y, c.width, 0.45 * c.height, c.turn), _tinted(_TIN, 1.1))
    canvas.bar(Bar(c.x, c.y, 0.78 * c.width, c.height, c.turn), _tinted((0.13, 0.12, 0.12), c.tone))
    end = -0.27 if c.reversed_ else 0.27
    x, y = turned((c.x, c.y), (end * c.width, 0), c.turn)
    canvas.bar(Bar(x, y, 0.09 * c.width, c.height, c.turn), (0.74, 0.74, 0.72))


def _electrolytic(canvas: Canvas, c: Component) -> None:
    radius = c.width / 2
    canvas.disc(c.x, c.y, radius, _tinted((0.45, 0.46, 0.48), c.tone))
    canvas.disc(c.x, c.y, 0.88 * radius, _tinted((0.73, 0.74, 0.76), c.tone))
    turn = c.turn + (0.0 if c.reversed_ else math.pi)
    canvas.segment(c.x, c.y, 0.88 * radius, turn, (0.12, 0.12, 0.14))
    for angle in (c.turn + 0.8, c.turn + 0.8 + math.pi / 2):
        canvas.bar(Bar(c.x, c.y, 0.9 * radius, 0.005, angle), (0.58, 0.59, 0.61))


def _integrated_circuit(canvas: Canvas, c: Component) -> None:
    for (x, y), heading in pins(c):
        canvas.bar(Bar(x, y, 0.030, 0.8 * PIN_SHARE * pin_pitch(c), heading), _tinted(_TIN, 1.18))
    share = 0.86 if c.kind == "quad" else 0.78
    width, height = share * c.width, 0.92 * c.height
    canvas.bar(Bar(c.x, c.y, width, height, c.turn), _tinted((0.15, 0.15, 0.16), c.tone))
    canvas.bar(Bar(c.x, c.y, width - 0.016, height - 0.016, c.turn), _tinted(_DARK, 1.25 * c.tone))
    sign = 1 if c.reversed_ else -1
    x, y = turned((c.x, c.y), (sign * 0.32 * width, sign * 0.36 * height), c.turn)
    canvas.disc(x, y, 0.010, (0.30, 0.30, 0.31))
    if c.kind == "quad":
        canvas.word(c.x, c.y - 0.015, "KD-1700", 0.036, (0.40, 0.40, 0.41))
        canvas.word(c.x, c.y + 0.025, "26-A4", 0.030, (0.36, 0.36, 0.37))


def _crystal(canvas: Canvas, c: Component) -> None:
    radius, half = c.height / 2, (c.width - c.height) / 2
    for inset, tone in ((0.0, 0.62), (0.007, 0.92), (0.014, 0.80)):
        colour = _tinted((0.80, 0.81, 0.83), tone * c.tone)
        canvas.bar(Bar(c.x, c.y, 2 * half, c.height - 2 * inset, c.turn), colour)
        for end in (-1, 1):
            x, y = turned((c.x, c.y), (end * half, 0), c.turn)
            canvas.disc(x, y, radius - inset, colour)
    canvas.word(c.x, c.y, "16.000", 0.030, (0.42, 0.43, 0.45))


def _header(canvas: Canvas, c: Component) -> None:
    canvas.bar(Bar(c.x, c.y, c.width, c.height, c.turn), _tinted((0.10, 0.10, 0.105), c.tone))
    pitch = c.width / c.pins
    for index in range(c.pins):
        along = (index - (c.pins - 1) / 2) * pitch
        x, y = turned((c.x, c.y), (along, 0), c.turn)
        canvas.bar(Bar(x, y, 0.66 * pitch, 0.66 * c.height, c.turn), (0.045, 0.045, 0.05))
        canvas.bar(Bar(x, y, 0.020, 0.020, c.turn), _GOLD)
        canvas.bar(Bar(x - 0.003, y - 0.003, 0.009, 0.009, c.turn), (0.97, 0.88, 0.58))


def _tinted(colour: Colour, factor: float) -> Colour:
    red, green, blue = colour
    return red * factor, green * factor, blue * factor


_KINDS: dict[str, Callable[[Canvas, Component], None]] = {
    "capacitor": _capacitor,
    "crystal": _crystal,
    "diode": _diode,
    "dual": _integrated_circuit,
    "electrolytic": _electrolytic,
    "header": _header,
    "quad": _integrated_circuit,
    "resistor": _resistor,
}
BARE = _MASK
