"""Numbers that rest on synthetic anomalies say so, wherever they are shown."""

from __future__ import annotations

import pandas as pd

from iadbe.audit.drawn import SYNTHETIC, drawn_in


def mark_synthetic(board: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """Add the column `synthetic`: the dataset's categories whose test anomalies are drawn.

    Args:
        board: The result of `iadbe.reporting.leaderboard.rank`.
        findings: What the audits found (`iadbe.schemas.AuditSchema`).

    Returns:
        The board; the names are joined by commas, null where all anomalies are photographs.
    """
    named = {dataset: ", ".join(names) for dataset, names in drawn_in(findings).items()}
    marks = [named.get(str(dataset)) for dataset in board["dataset"]]
    return board.assign(**{SYNTHETIC: pd.Series(marks, index=board.index, dtype=object)})


def synthetic_note(board: pd.DataFrame) -> str | None:
    """One line for the reader of a dataset's numbers; None where there is nothing to say.

    Args:
        board: Its rows of the leaderboard; one from before there was the column says nothing.
    """
    if SYNTHETIC not in board:
        return None
    marks = board[SYNTHETIC].dropna()
    if marks.empty:
        return None
    return f"test anomalies are synthetic, drawn and not photographed, in: {marks.iloc[0]}"
