"""The leaderboard in the terminal: short, ranked, 80 columns wide."""

from __future__ import annotations

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from iadbe.reporting.formats import NOTHING, amount, score, text
from iadbe.reporting.means import mean
from iadbe.reporting.synthetic import synthetic_note

_NUMBERS = {
    "image AUROC": ("image_auroc", score),
    "pixel AUROC": ("pixel_auroc", score),
    "AUPRO": ("aupro", score),
    "fit s": ("fit_seconds", amount),
    "ms/image": ("latency_p50_ms", amount),
}
_SUPERVISED = "*"


def print_leaderboard(leaderboard: pd.DataFrame, console: Console) -> None:
    """Print one table a dataset, then each unfinished model's cause and traceback file.

    Args:
        leaderboard: The result of `iadbe.reporting.leaderboard.rank`.
        console: Where to print; nothing is wider than it.
    """
    for dataset, board in leaderboard.groupby("dataset", sort=False):
        console.print(_table(str(dataset), board))
    for _, row in leaderboard[leaderboard["status"] != "done"].iterrows():
        _print_cause(row, console)


def _table(dataset: str, board: pd.DataFrame) -> Table:
    supervised = board["supervision"].eq("supervised").any()
    star = f"{_SUPERVISED} supervised: sees labelled defects, ranked apart" if supervised else None
    notes = [Text(note) for note in (star, synthetic_note(board)) if note]
    caption = Text("\n").join(notes) if notes else None
    table = Table(title=dataset, caption=caption, box=None, title_justify="left",
                  caption_justify="left", title_style="bold", pad_edge=False)  # fmt: skip
    table.add_column("#", justify="right")
    table.add_column("model", overflow="fold")
    for name in (*_NUMBERS, "done"):
        table.add_column(
            name, justify="right", no_wrap=" " not in name, min_width=_least(name, board)
        )
    for _, row in board.iterrows():
        table.add_row(*_cells(row), style="" if row["status"] == "done" else "dim")
    return table


def _least(name: str, board: pd.DataFrame) -> int:
    """Letters that a column needs: its longest word, so that no number is cut."""
    if name not in _NUMBERS:
        return len(name)
    column, read = _NUMBERS[name]
    shown = (mean(row, column, read) for _, row in board.iterrows())
    return max(len(word) for line in (name, *shown) for word in line.split())


def _cells(row: pd.Series) -> list[Text]:
    supervised = text(row["supervision"]) == "supervised"
    numbers = [mean(row, column, read) for column, read in _NUMBERS.values()]
    place = NOTHING if pd.isna(row["rank"]) else str(row["rank"])
    name = f"{row['model']} {_SUPERVISED}" if supervised else row["model"]
    return [Text(cell) for cell in (place, name, *numbers, f"{row['cells_done']}/{row['cells']}")]


def _print_cause(row: pd.Series, console: Console) -> None:
    status = Text(f"{row['status']} ", style="red" if row["status"] == "failed" else "yellow")
    console.print(status + Text(text(row["cause"]) or "no cause recorded"))
    traceback_file = text(row["traceback_file"])
    if traceback_file:
        console.print(Text(f"  traceback: {traceback_file}", overflow="fold"))
