"""The figures of the report, as plotly figures; kedro-viz shows the same ones."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from iadbe.reporting.figures.bars import category_bars
from iadbe.reporting.figures.cost import cost
from iadbe.reporting.figures.heat_map import heat_map
from iadbe.reporting.figures.ranks import draw_ranks
from iadbe.reporting.figures.roc import roc_curves
from iadbe.reporting.figures.style import model_styles
from iadbe.reporting.figures.transfer import transfer_map

__all__ = [
    "category_bars",
    "cost",
    "draw",
    "draw_ranks",
    "heat_map",
    "model_styles",
    "roc_curves",
    "transfer_map",
]


def draw(
    leaderboard: pd.DataFrame, runs: pd.DataFrame, curves: pd.DataFrame
) -> dict[str, go.Figure]:
    """Draw all figures of all datasets.

    Args:
        leaderboard: The result of `iadbe.reporting.leaderboard.rank`.
        runs: One row a cell (`iadbe.schemas.RunsSchema`).
        curves: Points of curves (`iadbe.schemas.CurvesSchema`).

    Returns:
        Figures named `<dataset>.heat_map`, `<dataset>.bars`, `<dataset>.roc` and
        `<dataset>.cost`; a model has the same colour in all of them.
    """
    styles = model_styles(runs)
    figures = {}
    for dataset in runs["dataset"].unique():
        board, own, points = (f[f["dataset"] == dataset] for f in (leaderboard, runs, curves))
        board = _without_degenerate(board, own)
        figures[f"{dataset}.heat_map"] = heat_map(board, own)
        figures[f"{dataset}.bars"] = category_bars(board, own, styles)
        figures[f"{dataset}.roc"] = roc_curves(points, own, styles)
        figures[f"{dataset}.cost"] = cost(board, styles)
    return figures


def _without_degenerate(board: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """A board whose degenerate cells are holes: a figure has no room to say that they are none.

    Where other seeds are done, the board has their mean, which stays.
    """
    board = board.copy()
    for (model, category), statuses in runs.groupby(["model", "category"])["status"]:
        if statuses.eq("degenerate").any() and not statuses.eq("done").any():
            columns = board.filter(regex=rf"\.{category}$").columns
            board.loc[board["model"] == model, columns] = float("nan")
    return board
