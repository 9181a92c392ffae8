"""The transfer matrices, ready for `templates/compare.html.j2`."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from iadbe.reporting.figures.transfer import transfer_map
from iadbe.reporting.formats import score, words
from iadbe.reporting.transfer_table import TransferTable, transfer_tables
from iadbe.reporting.views.compare import View
from iadbe.reporting.views.table import Table


class TransferView(NamedTuple):
    """One model on one dataset; `reasons` say why a place is empty."""

    dataset: str
    model: str
    view: View
    reasons: list[str]


def transfer_views(
    transfers: pd.DataFrame, metrics: pd.DataFrame, runs: pd.DataFrame
) -> list[TransferView]:
    """A view for each model that was tested on other categories.

    Args:
        transfers: Of the finished cells (`iadbe.schemas.TransferSchema`).
        metrics: Metric values (`iadbe.schemas.MetricsSchema`).
        runs: One row a cell (`iadbe.schemas.RunsSchema`).
    """
    return [_view(table) for table in transfer_tables(transfers, metrics, runs)]


def _view(table: TransferTable) -> TransferView:
    name = f"transfer-{table.dataset}-{table.model}"
    reasons = [
        f"{words(trained)} on {words(tested)}: {reason}"
        for (trained, tested), reason in table.reasons.items()
    ]
    view = View(name, transfer_map(table), [_plain(table)])
    return TransferView(table.dataset, table.model, view, reasons)


def _plain(table: TransferTable) -> Table:
    rows = [
        (words(str(trained)), [score(value) for value in row])
        for trained, row in zip(table.aurocs.index, table.aurocs.to_numpy().tolist(), strict=True)
    ]
    tested = [words(str(name)) for name in table.aurocs.columns]
    caption = f"{table.model} on {table.dataset}: image AUROC by the category tested on"
    return Table(caption, "Trained on", tested, rows, models=False)
