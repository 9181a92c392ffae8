"""How numbers and names read, the same in the report, its figures and the terminal."""

from __future__ import annotations

import math

import pandas as pd

NOTHING = "\u2013"
"""What stands for a missing value: never 0."""


def score(value: float | None) -> str:
    """A share in [0, 1] to three decimals, e.g. `0.981`."""
    return NOTHING if _missing(value) else f"{value:.3f}"


def percent(value: float | None) -> str:
    """A share as per cent, e.g. `4.2 %`."""
    return NOTHING if value is None or _missing(value) else f"{100 * value:.1f} %"


def amount(value: float | None) -> str:
    """A time or size to three significant digits, without an exponent, e.g. `0.033` or `1250`."""
    if value is None or _missing(value):
        return NOTHING
    if value == 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:.{min(digits, 3)}f}"


def p_value(p: float, name: str = "p") -> str:
    """A p-value, never as 0, e.g. `p = 0.020` or `p < 0.001`; without a name, the value alone."""
    value = "< 0.001" if p < 0.001 else f"= {p:.3f}"
    return f"{name} {value}" if name else value.removeprefix("= ")


def count(number: int, one: str, many: str) -> str:
    """A number of things, e.g. `1 seed` or `3 seeds`."""
    return f"{number} {one if number == 1 else many}"


def words(name: str) -> str:
    """A name for people: `worst_false_alarm` becomes `worst false alarm`."""
    return name.replace("_", " ")


def text(value: object) -> str | None:
    """A table's text cell, None when it is null."""
    return None if pd.isna(value) or value == "" else str(value)  # type: ignore[call-overload]


def _missing(value: float | None) -> bool:
    return value is None or math.isnan(value)
