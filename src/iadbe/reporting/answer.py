"""Beside the recommendation: the best model for each question, or why there is none."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from iadbe.reporting.formats import NOTHING, amount, count, score
from iadbe.reporting.means import complete


class Card(NamedTuple):
    """One number worth knowing, with the model it belongs to."""

    title: str
    value: str
    detail: str


def nothing_to_rank(board: pd.DataFrame) -> str:
    """Why no model can be recommended on a dataset.

    Args:
        board: Its rows (`iadbe.reporting.leaderboard.rank`), none of them ranked.
    """
    done, cells = int(board["cells_done"].sum()), int(board["cells"].sum())
    bad = int(board["status"].eq("degenerate").sum())
    whose = f"the results of {count(bad, 'model', 'models')} are degenerate"
    if bad and not done:
        return f"There is nothing to rank: {whose}."
    if not done:
        return f"No cell is done yet (0 of {cells}), so there is nothing to rank."
    also = f"; {whose}" if bad else ""
    return f"No model has a result in every category: {done} of {cells} cells are done{also}."


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
