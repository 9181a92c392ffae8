"""One metric, models against categories, as the report's tables show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from iadbe.reporting.averages import shown_by_category
from iadbe.reporting.category_spots import Spot, Spots
from iadbe.reporting.formats import score, text
from iadbe.reporting.means import complete, over
from iadbe.reporting.medals import medals
from iadbe.reporting.shown_metrics import BY_KEY, SHOWN_METRICS, ShownMetric

STRONG = 0.95
"""Values of at least this are bold, as in the tables of the original IADBE."""


class Entry(NamedTuple):
    """A value, or the status that stands for it; `place` is `best`, `second` or nothing.

    `interval` is that of 95 % confidence, `over` the categories of a mean that is not over all,
    `cause` why there is no result that counts, `cell` where to look closer, and `published` the
    original's value.
    """

    value: str
    status: str
    place: str = ""
    interval: str = ""
    over: str = ""
    strong: bool = False
    order: str = ""
    cause: str = ""
    cell: str = ""
    published: str = ""


class TableRow(NamedTuple):
    """One model: an entry a category, the mean, and what of the test its values saw."""

    model: str
    entries: list[Entry]
    leakage: str = "none"
    supervised: bool = False


class CategoryTable(NamedTuple):
    """The table of one metric."""

    metric: str
    name: str
    meaning: str
    best_first: str
    categories: list[str]
    rows: list[TableRow]
    notes: list[str]

    @property
    def leaks(self) -> bool:
        """Whether any value saw something of the test."""
        return any(row.leakage != "none" for row in self.rows)

    @property
    def has_intervals(self) -> bool:
        """Whether any value has one."""
        return any(entry.interval for row in self.rows for entry in row.entries)

    @property
    def groups(self) -> list[list[TableRow]]:
        """Supervised models apart, since they saw labelled defects."""
        parts = [[row for row in self.rows if row.supervised is kind] for kind in (False, True)]
        return [part for part in parts if part]


Published = Mapping[tuple[str, str], float]
"""The original's value of a model and category; `average` is its mean."""


def category_tables(
    board: pd.DataFrame,
    metrics: pd.DataFrame,
    runs: pd.DataFrame,
    published: Mapping[str, Published] | None = None,
) -> list[CategoryTable]:
    """The tables of one dataset: of each metric that any cell has a value of.

    Args:
        board: The rows of the dataset (`iadbe.reporting.leaderboard.rank`).
        metrics: Its metric values (`iadbe.schemas.MetricsSchema`).
        runs: Its cells (`iadbe.schemas.RunsSchema`).
        published: By metric, what the original published.
    """
    values = shown_by_category(metrics, runs)
    known = [each for each in SHOWN_METRICS if values[each.key].notna().any()] or SHOWN_METRICS[:1]
    facts = _Facts(board, list(runs["category"].unique()), values, Spots(metrics, runs))
    return [_table(each, facts, (published or {}).get(each.key, {})) for each in known]


def category_table(
    metric: str, board: pd.DataFrame, metrics: pd.DataFrame, runs: pd.DataFrame
) -> CategoryTable:
    """The table of one metric, a key of `iadbe.reporting.shown_metrics.BY_KEY`; see above."""
    values = shown_by_category(metrics, runs)
    facts = _Facts(board, list(runs["category"].unique()), values, Spots(metrics, runs))
    return _table(BY_KEY[metric], facts, {})


class _Facts(NamedTuple):
    """What all tables of a dataset are made of."""

    board: pd.DataFrame
    categories: list[str]
    values: pd.DataFrame
    spots: Spots


def _table(shown: ShownMetric, facts: _Facts, published: Published) -> CategoryTable:
    board, categories, values, spots = facts
    wide = values[shown.key].unstack("category").droplevel("dataset")  # noqa: PD010
    wide = wide.reindex(index=board["model"], columns=categories).astype(float)
    columns: dict[Any, dict[Any, float]] = wide.to_dict()
    kinds = list(zip(board["model"], board["supervision"].eq("supervised"), strict=True))
    places = {
        name: medals(_contending(kinds, spots, name), columns[name], shown) for name in categories
    }
    mean_places = _mean_medals(board, shown)
    intervals, leakage = spots.intervals(shown), spots.leakage(shown)
    rows = []
    for row in board.to_dict("records"):
        model = str(row["model"])
        entries = [
            _entry(
                columns[name][model],
                spots.of(model, name),
                places[name].get(model, ""),
                published.get((model, name)),
                intervals.get((model, name), ""),
            )
            for name in categories
        ]
        mean = _mean(row, shown, mean_places.get(model, ""), published.get((model, "average")))
        supervised = row["supervision"] == "supervised"
        rows.append(TableRow(model, [*entries, mean], leakage.get(model, "none"), supervised))
    best_first = "descending" if shown.higher_is_better else "ascending"
    notes = spots.reasons(shown)
    return CategoryTable(shown.key, shown.title, shown.meaning, best_first, categories, rows, notes)


def _contending(
    kinds: list[tuple[str, bool]], spots: Spots, category: str
) -> list[tuple[str, bool]]:
    """The models all of whose seeds are done in a category; others are shown beside them."""
    return [kind for kind in kinds if spots.of(kind[0], category).status == "done"]


def _mean_medals(board: pd.DataFrame, shown: ShownMetric) -> dict[str, str]:
    """A mean over fewer categories than the others' has no place."""
    ranked = board[board["rank"].notna()]
    aware = ranked["supervision"].eq("supervised")
    parts = [complete(ranked[aware == kind], shown.key) for kind in (False, True)]
    means = dict(zip(ranked["model"], ranked[shown.key], strict=True))
    taking_part = [(model, kind) for kind, part in enumerate(parts) for model in part["model"]]
    return medals([(model, bool(kind)) for model, kind in taking_part], means, shown)


def _entry(
    value: float, spot: Spot, place: str, published: float | None, interval: str = ""
) -> Entry:
    return Entry(
        value=score(value),
        status=spot.status,
        place=place,
        interval=interval,
        strong=value >= STRONG,
        order="" if pd.isna(value) else f"{value:.9g}",
        cause=spot.cause,
        cell=spot.cell,
        published=score(published) if published is not None else "",
    )


def _mean(row: Mapping[Any, Any], shown: ShownMetric, place: str, published: float | None) -> Entry:
    cause = text(row["cause"]) or ""
    spot = Spot(row["status"], "", cause)
    entry = _entry(float(row[shown.key]), spot, place, published)
    part = over(row, shown.key)
    return entry._replace(over=part, strong=entry.strong and not part)
