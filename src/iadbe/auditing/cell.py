"""A printed cell: its number, how many decimals it has, whether it is bold or missing."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

MISSING = frozenset({"", "-", "--", "---", "–", "—", "n/a", "na", "nan", "null", "none", "?", "/"})
_BOLD = re.compile(r"\*\*(.+?)\*\*|__(.+?)__|\\(?:textbf|mathbf|bm)\s*\{(.+?)\}|\\bf(?:series)?\b")
_DRESS = re.compile(
    r"\\(?:textbf|mathbf|bm|underline|textit|emph|text)\b|\\bf(?:series)?\b"
    r"|\\(?:up|down)arrow\b|[↑↓]|\*+|__|[{}$~]"
)
_NUMBER = re.compile(
    r"([+-]?\d+(?:\.(\d+))?(?:[eE][+-]?\d+)?)\s*(?:\\?%)?\s*(?:_?(?:±|\\pm|\+-).*)?"
)


class Cell(NamedTuple):
    """A cell as printed."""

    text: str
    """Without its dress: bold, dollars, braces."""
    value: float | None
    """In the unit of the table; None if it is missing or no number."""
    decimals: int
    bold: bool

    @property
    def missing(self) -> bool:
        """Whether the cell says that there is no result."""
        return self.text.lower() in MISSING

    @property
    def unit(self) -> float:
        """One in the last printed decimal, e.g. 0.01."""
        return float(10.0**-self.decimals)


def parse_cell(raw: str) -> Cell:
    r"""Read `**97.1**`, `\textbf{97.1}`, `97.1 ± 0.2`, `97.1 %`, `-` or text."""
    bold = bool(_BOLD.search(raw))
    text = _DRESS.sub("", raw).strip()
    number = _NUMBER.fullmatch(text)
    value = float(number[1]) if number else None
    if value is not None and not math.isfinite(value):
        value = None
    decimals = len(number[2] or "") if number else 0
    return Cell(text, value, decimals, bold)
