"""The lines below a table: every mark in it explained, and what qualifies all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from iadbe.metrics.overall import overall
from iadbe.reporting.paper_tables.metrics import Metric
from iadbe.reporting.paper_tables.reasons import Place, grouped, listed
from iadbe.reporting.paper_tables.table import DEGENERATE, MISSING, SUPERVISED, Note, Row
from iadbe.reporting.synthetic import synthetic_note


class Reasons(NamedTuple):
    """Why entries do not count, and why some rest on fewer seeds than others."""

    holes: Mapping[Place, str]
    fewer_seeds: Mapping[Place, str]


def notes(  # noqa: PLR0913, PLR0917 - what a table rests on, each once
    metric: Metric,
    board: pd.DataFrame,
    metrics: pd.DataFrame,
    rows: list[Row],
    categories: Mapping[str, str],
    why: Reasons,
) -> list[Note]:
    """All notes of a table.

    Args:
        metric: Of the table.
        board: The dataset's rows of the leaderboard.
        metrics: Its metric values.
        rows: Of the table.
        categories: Category to the name that is printed, in the order of the columns.
        why: What is to be explained.
    """
    found = [
        *_holes(rows, categories, why.holes),
        *_fewer_seeds(rows, categories, why.fewer_seeds),
        *_means(rows),
        *_supervised(rows),
    ]
    if drawn := synthetic_note(board):
        found.append(Note("", drawn[0].upper() + drawn[1:]))
    return [*found, *_leakage(metric, metrics)]


def _holes(
    rows: list[Row], categories: Mapping[str, str], why: Mapping[Place, str]
) -> Iterator[Note]:
    """Why entries are missing, then why shown ones do not count; one note a reason."""
    labels = {row.model: row.label for row in rows}
    bad = {
        (row.model, category)
        for row in rows
        for category, entry in zip(categories, row.entries, strict=True)
        if entry.degenerate
    }
    missing = {place: reason for place, reason in why.items() if place not in bad}
    for reason, places in grouped(missing).items():
        yield Note(MISSING, f"{reason}: {_at(places, labels, categories)}")
    for reason, places in grouped({p: r for p, r in why.items() if p in bad}).items():
        told = reason.removeprefix("degenerate: ")
        at = _at(places, labels, categories)
        yield Note(DEGENERATE, f"degenerate, in no average: {told}: {at}")


def _fewer_seeds(
    rows: list[Row], categories: Mapping[str, str], why: Mapping[Place, str]
) -> Iterator[Note]:
    labels = {row.model: row.label for row in rows}
    for reason, places in grouped(why).items():
        yield Note("", f"Over fewer seeds ({reason}): {_at(places, labels, categories)}")


def _at(places: list[Place], labels: Mapping[str, str], categories: Mapping[str, str]) -> str:
    return listed(((labels[model], categories[name]) for model, name in places), len(categories))


def _means(rows: list[Row]) -> Iterator[Note]:
    counted = next((row.average.over for row in rows if row.average.over), None)
    if counted:
        done, whole = counted.split("/")
        text = (
            f"a mean over {done} of {whole} categories: not comparable with full ones, never bold"
        )
        yield Note(f"({counted})", text)


def _supervised(rows: list[Row]) -> Iterator[Note]:
    if any(row.supervised for row in rows):
        yield Note(SUPERVISED, "supervised: saw labelled defects; the others did not")


def _leakage(metric: Metric, metrics: pd.DataFrame) -> Iterator[Note]:
    """What of the test images had a part in the values."""
    whole = overall(metrics)
    own = whole[(whole["level"] == metric.level) & (whole["metric"] == metric.name)]
    if leaks := sorted(set(own["leakage"]) - {"none"}):
        yield Note("", f"The test images had a part in these values: {', '.join(leaks)}")
