"""What the demo's printed board carries and where; lengths are shares of the image edge."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Component:
    """One mounted component; `turn` is its rotation in radians, `reversed_` its polarity."""

    name: str
    kind: str
    x: float
    y: float
    width: float
    height: float
    turn: float = 0.0
    tone: float = 1.0
    pins: int = 0
    reversed_: bool = False


def _passives() -> list[Component]:
    """The small two-ended components, resistors and ceramic capacitors."""
    lying = [
        ("R1", "resistor", 0.60, 0.115),
        ("R2", "resistor", 0.60, 0.175),
        ("C1", "capacitor", 0.60, 0.240),
        ("R3", "resistor", 0.135, 0.705),
        ("R4", "resistor", 0.135, 0.765),
        ("C2", "capacitor", 0.275, 0.705),
        ("C3", "capacitor", 0.275, 0.765),
        ("R5", "resistor", 0.845, 0.415),
        ("R6", "resistor", 0.845, 0.475),
    ]
    standing = [
        ("C4", "capacitor", 0.560, 0.420),
        ("C5", "capacitor", 0.625, 0.420),
        ("R7", "resistor", 0.690, 0.420),
    ]
    return [Component(n, k, x, y, 0.072, 0.036) for n, k, x, y in lying] + [
        Component(n, k, x, y, 0.036, 0.072) for n, k, x, y in standing
    ]


COMPONENTS: tuple[Component, ...] = (
    Component("U1", "quad", 0.30, 0.365, 0.27, 0.27, pins=9),
    Component("U2", "dual", 0.80, 0.205, 0.13, 0.17, pins=5),
    *_passives(),
    Component("E1", "electrolytic", 0.60, 0.660, 0.155, 0.155),
    Component("E2", "electrolytic", 0.80, 0.640, 0.115, 0.115),
    Component("D1", "diode", 0.435, 0.705, 0.085, 0.046),
    Component("D2", "diode", 0.435, 0.775, 0.085, 0.046),
    Component("X1", "crystal", 0.30, 0.120, 0.15, 0.062),
    Component("J1", "header", 0.50, 0.895, 0.46, 0.075, pins=9),
)

TRACES: tuple[tuple[Point, ...], ...] = (
    ((0.44, 0.30), (0.50, 0.30), (0.565, 0.235)),
    ((0.44, 0.33), (0.51, 0.33), (0.63, 0.21), (0.70, 0.21)),
    ((0.44, 0.36), (0.53, 0.36), (0.56, 0.39)),
    ((0.44, 0.42), (0.50, 0.48), (0.66, 0.48), (0.69, 0.45)),
    ((0.26, 0.51), (0.26, 0.60), (0.17, 0.69)),
    ((0.29, 0.51), (0.29, 0.64), (0.31, 0.66), (0.31, 0.70)),
    ((0.35, 0.51), (0.35, 0.58), (0.40, 0.63), (0.40, 0.70)),
    ((0.16, 0.28), (0.09, 0.28), (0.07, 0.30), (0.07, 0.68), (0.10, 0.71)),
    ((0.16, 0.34), (0.11, 0.34), (0.095, 0.355), (0.095, 0.60)),
    ((0.26, 0.22), (0.26, 0.13)),
    ((0.34, 0.22), (0.34, 0.13)),
    ((0.64, 0.115), (0.70, 0.115), (0.72, 0.135)),
    ((0.88, 0.16), (0.93, 0.16), (0.94, 0.17), (0.94, 0.46), (0.90, 0.475)),
    ((0.80, 0.42), (0.75, 0.42), (0.73, 0.44), (0.73, 0.55), (0.76, 0.60)),
    ((0.31, 0.77), (0.34, 0.80), (0.34, 0.90)),
    ((0.48, 0.775), (0.50, 0.80), (0.50, 0.88)),
    ((0.60, 0.70), (0.60, 0.80), (0.56, 0.84), (0.56, 0.88)),
    ((0.80, 0.66), (0.80, 0.78), (0.70, 0.86), (0.70, 0.88)),
    ((0.10, 0.765), (0.07, 0.80), (0.07, 0.84)),
)

VIAS: tuple[Point, ...] = (
    (0.095, 0.60), (0.53, 0.555), (0.73, 0.55), (0.46, 0.60), (0.165, 0.585), (0.90, 0.555),
    (0.50, 0.145), (0.48, 0.20), (0.14, 0.16), (0.70, 0.345), (0.88, 0.76), (0.72, 0.745),
)  # fmt: skip

MOUNTING_HOLES: tuple[Point, ...] = ((0.085, 0.085), (0.915, 0.085), (0.085, 0.895), (0.915, 0.895))
