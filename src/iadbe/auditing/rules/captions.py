"""Captions that contradict their table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iadbe.auditing import names
from iadbe.auditing.evidence import Evidence
from iadbe.auditing.finding import Finding
from iadbe.auditing.table import Table

_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_COUNT = r"(\d+|{})\s+(?:different\s+|distinct\s+)?(?:{})\b"
_MODELS = "methods?|models?|algorithms?"
_CATEGORIES = "categor(?:y|ies)|classes|class"


def captions_fit(evidence: Evidence) -> Iterator[Finding]:
    """The numbers of models and categories, and the metric, are those that the caption says."""
    for table in evidence.tables:
        yield from _count(table, _MODELS, len(table.rows), "rows of models")
        categories = sum(column.kind == "category" for column in table.columns)
        yield from _count(table, _CATEGORIES, categories, "columns of categories")
        yield from _metric(table)


def _count(table: Table, what: str, there: int, noun: str) -> Iterator[Finding]:
    pattern = _COUNT.format("|".join(_WORDS), what)
    said = re.search(pattern, table.caption, re.IGNORECASE)
    if said is None:
        return
    word = said[1].lower()
    if int(_WORDS.get(word, word)) != there:
        message = f"the caption says {said[0]!r}; there are {there} {noun}"
        yield table.finding("warning", "caption-contradicts", message, value=said[1])


def _metric(table: Table) -> Iterator[Finding]:
    bare = [name.rsplit("_", 1)[-1] for name in names.metrics_in(table.caption)]
    others = [name for name in dict.fromkeys(bare) if name != bare[0]] if bare else []
    if others:
        message = f"the caption names {bare[0]} first, then {', '.join(others)}"
        yield table.finding("warning", "caption-contradicts", message, value=others[0])
