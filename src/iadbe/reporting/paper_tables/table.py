"""One table of a paper before it is written in any language: models by categories."""

from __future__ import annotations

from typing import NamedTuple

BOLD_FROM = 95
"""Per cent; the original's tables print values from here on in bold."""
MISSING = "-"
DEGENERATE = "†"
SUPERVISED = "*"


class Entry(NamedTuple):
    """A share in [0, 1], or None; `over` is `12/15` of a mean that is not over all categories."""

    value: float | None
    over: str = ""
    degenerate: bool = False

    @property
    def text(self) -> str:
        """Per cent with two decimals and what qualifies it, e.g. `91.20 (12/15)`."""
        if self.value is None:
            return MISSING
        counted = f" ({self.over})" if self.over else ""
        return self._number + (DEGENERATE if self.degenerate else "") + counted

    @property
    def bold(self) -> bool:
        """Whether what is printed is high enough, and comparable with what stands above it."""
        whole = self.value is not None and not self.over and not self.degenerate
        return whole and float(self._number) >= BOLD_FROM

    @property
    def _number(self) -> str:
        return f"{100 * (self.value or 0.0):.2f}"


class Row(NamedTuple):
    """A model, its entry in each category, and their mean."""

    model: str
    name: str
    supervision: str | None
    entries: list[Entry]
    average: Entry
    averaged: int

    @property
    def label(self) -> str:
        """The name, with a star if the model is supervised."""
        return f"{self.name}{SUPERVISED}" if self.supervised else self.name

    @property
    def supervised(self) -> bool:
        """Whether the model saw labelled defects."""
        return self.supervision == "supervised"


class Note(NamedTuple):
    """A line below the table; `mark` is what it explains, or nothing."""

    mark: str
    text: str


class PaperTable(NamedTuple):
    """One metric of one dataset; rows of supervised models come last."""

    dataset: str
    metric: str
    title: str
    caption: str
    categories: list[str]
    category_names: list[str]
    rows: list[Row]
    notes: list[Note]
    reasons: dict[str, list[str]]
    """Model to why it lacks values, for the table without notes (CSV)."""

    @property
    def name(self) -> str:
        """The stem of its files."""
        return f"{self.dataset}_{self.metric}"
