"""The answer first: which model finds the defects, by how much, at what cost."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from iadbe.reporting.formats import NOTHING, amount, count, score
from iadbe.reporting.means import complete, spread

_GLUE = "\u00a0"
"""A space that no line breaks at, between a number and its unit."""


class Card(NamedTuple):
    """One number worth knowing, with the model it belongs to."""

    title: str
    value: str
    detail: str


def answer(board: pd.DataFrame) -> str:
    """One sentence on one dataset.

    Args:
        board: The rows of one dataset (`iadbe.reporting.leaderboard.rank`).
    """
    done, cells = int(board["cells_done"].sum()), int(board["cells"].sum())
    if (bad := int(board["status"].eq("degenerate").sum())) and not done:
        whose = count(bad, "model", "models")
        return f"There is nothing to rank: the results of {whose} are degenerate."
    if done == 0:
        return f"No cell is done yet (0 of {cells}), so there is nothing to rank."
    ranked = _contenders(board)
    if ranked.empty:
        whose = f"; the results of {count(bad, 'model', 'models')} are degenerate" if bad else ""
        return f"No model has a result in every category: {done} of {cells} cells are done{whose}."
    best = ranked.iloc[0]
    sure = " ".join(filter(None, ["", spread(best, "image_auroc")]))
    over = f"{sure} over {count(int(best['image_auroc_categories']), 'category', 'categories')}"
    return (
        f"{best['model']} is the best {_kind(board, best)} model, with a mean image AUROC of "
        f"{score(best['image_auroc'])}{over}{_lead(ranked)}{_cost(best)}."
    )


def _cost(best: pd.Series) -> str:
    """Imported results may have no times."""
    known = [
        f"{amount(best[column])}{_GLUE}{unit}"
        for column, unit in (("fit_seconds", "s to fit"), ("latency_p50_ms", "ms an image"))
        if pd.notna(best[column])
    ]
    return f"; it costs {' and '.join(known)}" if known else ""


def cards(board: pd.DataFrame) -> list[Card]:
    """The best model for each question, and how far the benchmark is."""
    ranked = board[board["rank"].notna()]
    free = ranked[ranked["supervision"] != "supervised"]
    aware = ranked[ranked["supervision"] == "supervised"]
    found = [
        _best("Finds defects best", free, "image_auroc", "image AUROC"),
        _best("Locates defects best", free, "aupro", "AUPRO"),
        _fastest(free),
        _best("Best supervised", aware, "image_auroc", "image AUROC"),
    ]
    return [card for card in found if card] + [_progress(board)]


def _contenders(board: pd.DataFrame) -> pd.DataFrame:
    """Ranked models that saw no labels, else the supervised ones; the best first."""
    ranked = board[board["rank"].notna()]
    free = ranked[ranked["supervision"] != "supervised"]
    return (ranked if free.empty else free).sort_values("rank")


def _kind(board: pd.DataFrame, best: pd.Series) -> str:
    if best["supervision"] == "supervised":
        return "supervised"
    return "label-free" if board["supervision"].eq("zero_shot").any() else "unsupervised"


def _lead(ranked: pd.DataFrame) -> str:
    """How far the first is ahead of the second."""
    if len(ranked) == 1:
        return ""
    first, second = ranked.iloc[0], ranked.iloc[1]
    if first["rank"] == second["rank"]:
        return f", level with {second['model']}"
    return f", {score(first['image_auroc'] - second['image_auroc'])} ahead of {second['model']}"


def _best(title: str, board: pd.DataFrame, column: str, name: str) -> Card | None:
    known = complete(board, column).dropna(subset=[column])
    if known.empty:
        return None
    row = known.sort_values(column, ascending=False, kind="stable").iloc[0]
    return Card(title, score(row[column]), f"{row['model']}, {name}")


def _fastest(board: pd.DataFrame) -> Card | None:
    known = board.dropna(subset=["latency_p50_ms"])
    if known.empty:
        return None
    row = known.sort_values("latency_p50_ms", kind="stable").iloc[0]
    quality = f"an image; {row['model']}, image AUROC {score(row['image_auroc'])}"
    return Card("Fastest", f"{amount(row['latency_p50_ms'])} ms", quality)


def _progress(board: pd.DataFrame) -> Card:
    done, cells = int(board["cells_done"].sum()), int(board["cells"].sum())
    detail = "all finished" if done == cells else f"{cells - done} without a result that counts"
    return Card("Cells done", f"{done} of {cells}" if cells else NOTHING, detail)
