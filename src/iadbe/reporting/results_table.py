"""All models of a benchmark as one Markdown table: quality, cost, and what each of them needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from iadbe.reporting.formats import NOTHING, amount, score, text
from iadbe.reporting.means import mean, over
from iadbe.reporting.synthetic import synthetic_note

_HEAD = (
    "model", "status", "image AUROC", "pixel AUROC", "AUPRO", "fit s", "ms/image", "peak MB",
    "saved MB", "reads",
)  # fmt: skip
_NUMBERS: tuple[tuple[str, Callable[[float], str]], ...] = (
    ("image_auroc", score),
    ("pixel_auroc", score),
    ("aupro", score),
    ("fit_seconds", amount),
    ("latency_p50_ms", amount),
    ("peak_memory_mb", amount),
    ("model_size_mb", amount),
)


def results_table(board: pd.DataFrame, reads: Mapping[str, Sequence[str]]) -> str:
    """Lay out a leaderboard for people who read Markdown, a line a dataset and model.

    Args:
        board: The result of `iadbe.reporting.leaderboard.rank`, of one dataset or more.
        reads: Model to the names of the weights that it reads, as far as they are known.

    Returns:
        Markdown; supervised models carry a `*`, and a line below says what that means. So does one
        for each dataset with synthetic anomalies.
    """
    rows = [_row(row, reads.get(str(row["model"]), ())) for _, row in board.iterrows()]
    lines = [_line(_HEAD), _line(["---"] * len(_HEAD)), *map(_line, rows)]
    if any(over(row, name) for _, row in board.iterrows() for name, _ in _NUMBERS):
        lines += ["", "12/15: a mean over 12 of 15 categories, not ranked against full ones."]
    if board["supervision"].eq("supervised").any():
        lines += ["", "\\* supervised: saw labelled defects; the others did not."]
    for dataset, rows_of in board.groupby("dataset", sort=False):
        if note := synthetic_note(rows_of):
            lines += ["", f"{dataset}: {note}."]
    return "\n".join(lines)


def _row(row: pd.Series, reads: Sequence[str]) -> list[str]:
    star = " \\*" if text(row["supervision"]) == "supervised" else ""
    numbers = [mean(row, column, read) for column, read in _NUMBERS]
    return [f"`{row['model']}`{star}", row["status"], *numbers, ", ".join(reads) or NOTHING]


def _line(entries: Sequence[str]) -> str:
    return "| " + " | ".join(entries) + " |"
