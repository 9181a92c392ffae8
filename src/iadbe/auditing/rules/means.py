"""The mean of a row as it would have been printed."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from iadbe.auditing.cell import Cell


def numbers(cells: Sequence[Cell]) -> list[float]:
    """Those that are not missing."""
    return [cell.value for cell in cells if cell.value is not None]


def is_mean(average: Cell, of: Sequence[Cell]) -> bool:
    """Whether a printed average can be the mean of printed cells.

    Rounding moves a mean by at most half of the cells' last decimal, and printing it by half of its
    own.
    """
    if average.value is None or not numbers(of):
        return False
    coarsest = max(cell.unit for cell in of if cell.value is not None)
    slack = (coarsest + average.unit) / 2 + 1e-9
    return abs(fmean(numbers(of)) - average.value) <= slack


def mistyped(printed: Cell, right: str) -> str:
    """How a printed number may have come from the right one: a digit, or two exchanged."""
    if len(right) != len(printed.text) or printed.value is None:
        return ""
    pairs = zip(right, printed.text, strict=True)
    different = [place for place, (one, other) in enumerate(pairs) if one != other]
    if len(different) == 1 and abs(float(right) - printed.value) > 2 * printed.unit:
        return "one digit differs: mistyped?"
    swapped = len(different) == 2 and sorted(right) == sorted(printed.text)
    return "two digits are exchanged" if swapped else ""


def shown(value: float, like: Cell) -> str:
    """A number with the decimals of a cell."""
    return f"{value:.{like.decimals}f}"
