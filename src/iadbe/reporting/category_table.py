"""One metric, models against categories, as the report's tables show it."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from iadbe.metrics.overall import overall
from iadbe.reporting.formats import score, text
from iadbe.reporting.means import complete, over
from iadbe.reporting.results import only_done, with_result, worst

NAMES = {"image_auroc": "Image AUROC", "pixel_auroc": "Pixel AUROC", "aupro": "AUPRO"}
_ROWS = {"image_auroc": ("image", "auroc"), "pixel_auroc": ("pixel", "auroc"),
         "aupro": ("region", "aupro")}  # fmt: skip


class Entry(NamedTuple):
    """A value, or the status that stands for it; `place` is `best`, `second` or nothing.

    `interval` is that of 95 % confidence, and `over` the categories of a mean that is not over all.
    """

    value: str
    status: str
    place: str = ""
    interval: str = ""
    over: str = ""


class CategoryTable(NamedTuple):
    """The table of one metric: `rows` are a model and its entries, the last one the mean."""

    metric: str
    name: str
    categories: list[str]
    rows: list[tuple[str, list[Entry]]]
    notes: list[str]

    @property
    def has_intervals(self) -> bool:
        """Whether any value has one."""
        return any(entry.interval for _, entries in self.rows for entry in entries)


def category_table(
    metric: str, board: pd.DataFrame, metrics: pd.DataFrame, runs: pd.DataFrame
) -> CategoryTable:
    """Lay out one metric of one dataset.

    Args:
        metric: A key of `NAMES`.
        board: The rows of the dataset (`iadbe.reporting.leaderboard.rank`).
        metrics: Its metric values (`iadbe.schemas.MetricsSchema`).
        runs: Its cells (`iadbe.schemas.RunsSchema`).
    """
    categories = list(runs["category"].unique())
    columns = [f"{metric}.{category}" for category in categories]
    statuses = runs.groupby(["model", "category"])["status"].agg(worst)
    places = {
        column: _places(_contending(board, statuses, name), column)
        for column, name in zip(columns, categories, strict=True)
    }
    places[metric] = _places(board[board["rank"].notna()], metric)
    intervals = _intervals(metric, with_result(overall(metrics), runs))
    rows = []
    for _, row in board.iterrows():
        model = str(row["model"])
        entries = [
            Entry(
                score(row[c]),
                statuses.get((model, name), "missing"),
                places[c].get(model, ""),
                intervals.get((model, name), ""),
            )
            for c, name in zip(columns, categories, strict=True)
        ]
        place = places[metric].get(model, "")
        mean = Entry(score(row[metric]), row["status"], place, over=over(row, metric))
        rows.append((model, [*entries, mean]))
    return CategoryTable(metric, NAMES[metric], categories, rows, _reasons(metric, metrics, runs))


def _contending(board: pd.DataFrame, statuses: pd.Series, category: str) -> pd.DataFrame:
    """The models all of whose seeds are done in a category; others are shown beside them."""
    return board[[statuses.get((model, category)) == "done" for model in board["model"]]]


def _places(board: pd.DataFrame, column: str) -> dict[str, str]:
    """Best and second of a column as it is printed; ties share, supervised models compete apart.

    A mean over fewer categories than the others' has no place.
    """
    places: dict[str, str] = {}
    for _, group in board.groupby(board["supervision"].eq("supervised")):
        shown = complete(group, column).set_index("model")[column].dropna().round(3)
        top = sorted(shown.unique(), reverse=True)[:2]
        if len(shown) > 1:
            names = dict(zip(top, ("best", "second"), strict=False))
            places |= {str(m): names[value] for m, value in shown.items() if value in names}
    return places


def _intervals(metric: str, metrics: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Of a model in a category; where several seeds are averaged, none is known of their mean."""
    level, name = _ROWS[metric]
    rows = metrics[(metrics["level"] == level) & (metrics["metric"] == name)]
    single = rows[~rows.duplicated(["model", "category"], keep=False)]
    known = single.dropna(subset=["ci_low", "ci_high"])
    columns = (known[name].tolist() for name in ("model", "category", "ci_low", "ci_high"))
    return {
        (model, category): f"{score(low)} to {score(high)}"
        for model, category, low, high in zip(*columns, strict=True)
    }


def _reasons(metric: str, metrics: pd.DataFrame, runs: pd.DataFrame) -> list[str]:
    """Why finished cells have no value, a line a model and reason."""
    level, name = _ROWS[metric]
    done = only_done(overall(metrics), runs)
    null = done[(done["level"] == level) & (done["metric"] == name) & done["value"].isna()]
    lines = []
    for (model, reason), rows in null.groupby(["model", "reason"], dropna=False, sort=False):
        where = ", ".join(rows["category"].unique())
        lines.append(f"{model} ({where}): {text(reason) or 'undefined'}")
    return lines
