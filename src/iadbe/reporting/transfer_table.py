"""What a model of one category is worth in the others: trained on against tested on."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from iadbe.metrics.overall import overall
from iadbe.reporting.averages import MODEL
from iadbe.reporting.formats import text
from iadbe.reporting.results import only_done

PLACE = ("category", "tested_on")


class TransferTable(NamedTuple):
    """Image AUROC of one model on one dataset.

    Attributes:
        dataset: The dataset.
        model: The model.
        aurocs: Mean over seeds, shape (trained on, tested on), both in the order of the matrix;
            NaN where nothing was measured. The diagonal is the cells' own result.
        reasons: Trained on and tested on to why a transfer has no value.
    """

    dataset: str
    model: str
    aurocs: pd.DataFrame
    reasons: dict[tuple[str, str], str]


def transfer_tables(
    transfers: pd.DataFrame, metrics: pd.DataFrame, runs: pd.DataFrame
) -> list[TransferTable]:
    """A table for each model that was tested on categories that it was not trained on.

    Args:
        transfers: Of the finished cells (`iadbe.schemas.TransferSchema`).
        metrics: Metric values (`iadbe.schemas.MetricsSchema`), for the diagonal.
        runs: One row a cell (`iadbe.schemas.RunsSchema`).
    """
    found = only_done(transfers, runs)
    own = _own(only_done(overall(metrics), runs))
    return [
        _table(str(dataset), str(model), rows, own, runs)
        for (dataset, model), rows in found.groupby(MODEL, sort=False)
    ]


def _own(metrics: pd.DataFrame) -> pd.DataFrame:
    """Image AUROC of the cells, in the columns of a transfer."""
    rows = metrics[(metrics["level"] == "image") & (metrics["metric"] == "auroc")]
    return rows.assign(tested_on=rows["category"])


def _table(
    dataset: str, model: str, rows: pd.DataFrame, own: pd.DataFrame, runs: pd.DataFrame
) -> TransferTable:
    categories = list(runs.loc[runs["dataset"] == dataset, "category"].unique())
    # A matrix may have fewer categories than the manifest, from an earlier run.
    categories += [name for name in rows["tested_on"].unique() if name not in categories]
    trained = [name for name in categories if name in set(rows["category"])]
    mine = own[(own["dataset"] == dataset) & (own["model"] == model)]
    mine = mine[mine["category"].isin(trained)]
    columns = [*PLACE, "value"]
    values = pd.concat([mine[columns], rows.loc[rows["metric"] == "auroc", columns]])
    means = values.groupby(list(PLACE))["value"].mean().unstack("tested_on")  # noqa: PD010
    null = rows[rows["value"].isna()]
    places = zip(null["category"], null["tested_on"], null["reason"], strict=True)
    reasons = {(one, other): text(reason) or "undefined" for one, other, reason in places}
    return TransferTable(dataset, model, means.reindex(trained, columns=categories), reasons)
