"""Which transfers of cells stand: made of a cell that is done, and of the images of now.

A transfer's table carries the fingerprint of what it rests on, and is written in one step: there
is nothing else to keep true when a run is killed. No stage of a cell depends on it.
"""

from __future__ import annotations

import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.cells.fingerprint import category_digests, transfer_fingerprint
from iadbe.cells.ledger import Ledger
from iadbe.cells.status import judge
from iadbe.errors import DataError
from iadbe.schemas import TransferSchema


def other_categories(samples: pd.DataFrame, cell: Cell) -> list[str]:
    """The categories of a cell's dataset that have test images, without its own."""
    names = samples.loc[samples["split"] == "test", "category"].unique()
    return [str(name) for name in names if name != cell.category]


def expected_fingerprint(cell: Cell, ledger: Ledger, digests: dict[str, str]) -> str:
    """What a transfer of the cell has to rest on now.

    Args:
        cell: The cell.
        ledger: What was recorded of it.
        digests: Of all categories of its dataset (`category_digests`).

    Raises:
        DataError: If the cell is not done under the configuration, code and data of now.
    """
    entry = ledger.read(cell.id)
    status, cause = judge(cell, entry, digests.get(cell.category, ""))
    if status != "done" or entry is None:
        raise DataError(
            f"{cell.id} is {status} ({cause}), and only a finished cell is transferred: "
            "run `kedro run` first."
        )
    return fingerprint_of(entry.stages["fit"], cell.category, digests)


def fingerprint_of(fit: str, category: str, digests: dict[str, str]) -> str:
    """The fingerprint of the transfer of a cell that is done.

    Args:
        fit: That of its stage `fit`.
        category: Its own.
        digests: Of all categories of its dataset (`category_digests`).
    """
    others = {name: digest for name, digest in digests.items() if name != category}
    return transfer_fingerprint(fit, others)


def is_complete(table: pd.DataFrame, categories: list[str], fingerprint: str) -> bool:
    """Whether a transfer's table is of just these categories, under this fingerprint."""
    whole = sorted(table["tested_on"]) == sorted(categories)
    return whole and bool((table["fingerprint"] == fingerprint).all())


def failed_transfer(cell: Cell, categories: list[str], cause: str) -> pd.DataFrame:
    """The table of a transfer that broke: nulls with the cause; the next run tries again."""
    unknown = {"value": None, "n": 0, "ci_low": None, "ci_high": None, "fingerprint": None}
    rows = [
        {**cell.row, "tested_on": name, "metric": "auroc", **unknown, "reason": cause}
        for name in categories
    ]
    return TransferSchema.validate(pd.DataFrame(rows)) if rows else TransferSchema.empty()


def standing(table: pd.DataFrame, ledger: Ledger, samples: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Transfers of cells that are done, without the values that no longer stand.

    Args:
        table: Of `iadbe.schemas.TransferSchema`, of cells that are done now.
        ledger: What was recorded of them.
        samples: The manifest of each dataset.

    Returns:
        The table; a value whose model or images have changed since is null and says so.
    """
    if table.empty:
        return table
    digests = {name: category_digests(frame) for name, frame in samples.items()}
    table = table.copy()
    for (dataset, model, category, seed), rows in table.groupby(_CELL):
        entry = ledger.read(f"{dataset}.{model}.{category}.s{seed}")
        fit = entry.stages.get("fit", "") if entry else ""
        expected = fingerprint_of(fit, str(category), digests.get(str(dataset), {}))
        old = rows.index[rows["value"].notna() & (rows["fingerprint"] != expected)]
        table.loc[old, ["value", "ci_low", "ci_high"]] = float("nan")
        table.loc[old, "reason"] = _STALE
    return table


_CELL = ["dataset", "model", "category", "seed"]
_STALE = "model, code or images changed since: run `kedro run --pipelines transfer,reporting`"
