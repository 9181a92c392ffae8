"""From the results of a dataset to one table: which rows and columns, in which order."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from iadbe.layouts.facts import official
from iadbe.published.original_layout import (
    category_name,
    model_name,
    ordered_categories,
    ordered_models,
)
from iadbe.reporting.averages import shown_by_category
from iadbe.reporting.formats import count, text
from iadbe.reporting.means import over
from iadbe.reporting.paper_tables.metrics import Metric
from iadbe.reporting.paper_tables.notes import Reasons, notes
from iadbe.reporting.paper_tables.reasons import Place, grouped, listed, reasons
from iadbe.reporting.paper_tables.table import BOLD_FROM, Entry, PaperTable, Row


class Results(NamedTuple):
    """What is known of one dataset.

    Attributes:
        board: Its rows of the leaderboard.
        metrics: Its metric values (`iadbe.schemas.MetricsSchema`).
        runs: Its cells (`iadbe.schemas.RunsSchema`).
    """

    board: pd.DataFrame
    metrics: pd.DataFrame
    runs: pd.DataFrame

    @property
    def dataset(self) -> str:
        """Its name."""
        return str(self.runs["dataset"].iloc[0])


def lay_out(metric: Metric, results: Results) -> PaperTable:
    """One table of a dataset; the means are those of its leaderboard."""
    dataset, runs = results.dataset, results.runs
    categories = ordered_categories(dataset, runs["category"])
    rows = _rows(metric, results, categories)
    names = [category_name(dataset, category) for category in categories]
    found = reasons(metric, results.metrics, runs)
    why = _of_holes(rows, categories, found)
    shown = dict(zip(categories, names, strict=True))
    fewer = {place: reason for place, reason in found.items() if place not in why}
    return PaperTable(
        dataset=dataset,
        metric=metric.column,
        title=f"{metric.title} on {_title(dataset)}",
        caption=_caption(metric, results, len(rows), len(categories)),
        categories=categories,
        category_names=names,
        rows=rows,
        notes=notes(metric, results.board, results.metrics, rows, shown, Reasons(why, fewer)),
        reasons=_by_model(why, len(categories)),
    )


def _rows(metric: Metric, results: Results, categories: list[str]) -> list[Row]:
    """The models in their order, supervised ones last."""
    board = {str(row["model"]): row for _, row in results.board.iterrows()}
    values = shown_by_category(results.metrics, results.runs)[metric.column]
    bad = _degenerate(results.runs)
    rows = []
    for model in ordered_models(results.runs["model"]):
        row = board[model]
        entries = [
            Entry(
                _number(values.get((results.dataset, model, category))),
                degenerate=(model, category) in bad,
            )
            for category in categories
        ]
        average = Entry(_number(row[metric.column]), over(row, metric.column))
        averaged = int(row[f"{metric.column}_categories"])
        supervision = text(row["supervision"])
        rows.append(Row(model, model_name(model), supervision, entries, average, averaged))
    return sorted(rows, key=lambda row: row.supervised)


def _degenerate(runs: pd.DataFrame) -> set[Place]:
    """Where no seed is done, and what is shown is of degenerate cells."""
    bad = set()
    for (model, category), statuses in runs.groupby(["model", "category"])["status"]:
        if statuses.eq("degenerate").any() and not statuses.eq("done").any():
            bad.add((str(model), str(category)))
    return bad


def _of_holes(rows: list[Row], categories: list[str], why: dict[Place, str]) -> dict[Place, str]:
    """A reason for every entry that is missing or does not count, and for no other."""
    return {
        (row.model, category): why.get((row.model, category), "not measured")
        for row in rows
        for category, entry in zip(categories, row.entries, strict=True)
        if entry.value is None or entry.degenerate
    }


def _by_model(why: dict[Place, str], categories: int) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for reason, places in grouped(why).items():
        for model in dict.fromkeys(model for model, _ in places):
            own = [place for place in places if place[0] == model]
            where = listed(own, categories).removeprefix(model).strip(" ()")
            told.setdefault(model, []).append(f"{where}: {reason}" if where else reason)
    return told


def _caption(metric: Metric, results: Results, models: int, categories: int) -> str:
    seeds = results.runs["seed"].nunique()
    parts = [count(models, "model", "models"), count(categories, "category", "categories")]
    parts += [f"means over {seeds} seeds"] if seeds > 1 else []
    title = f"{metric.title} on {_title(results.dataset)}"
    return f"{title} in per cent: {', '.join(parts)}. Bold marks values of at least {BOLD_FROM}."


def _title(dataset: str) -> str:
    facts = official(dataset)
    return facts.title if facts else dataset


def _number(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
