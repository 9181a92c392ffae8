"""The same models under both protocols, side by side."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from iadbe.metrics.overall import overall
from iadbe.reporting.formats import percent, score
from iadbe.schemas import LEAKAGES

METRICS = {
    ("image", "auroc"): ("Image AUROC", score),
    ("pixel", "auroc"): ("Pixel AUROC", score),
    ("region", "aupro"): ("AUPRO", score),
    ("image", "false_alarm_rate"): ("False alarms", percent),
    ("image", "miss_rate"): ("Misses", percent),
}


class Counterpart(NamedTuple):
    """The results of the same benchmark under the other protocol."""

    metrics: pd.DataFrame
    """`iadbe.schemas.MetricsSchema`; no rows if it never ran."""
    protocol: str
    """Under which protocol the results are that these stand beside: `clean` or `paper`."""

    def of(self, dataset: str) -> Counterpart:
        """The rows of one dataset."""
        return self._replace(metrics=self.metrics[self.metrics["dataset"] == dataset])


class ProtocolRow(NamedTuple):
    """One model; `entries` are pairs of values, clean and paper, a metric."""

    model: str
    cells: int
    entries: list[tuple[str, str]]
    leakage: tuple[str, str]
    """The gravest stamp among the shown numbers of each protocol."""


def protocol_rows(
    board: pd.DataFrame, metrics: pd.DataFrame, counterpart: Counterpart
) -> list[ProtocolRow]:
    """The models of one dataset that have results under both protocols.

    Args:
        board: The rows of the dataset (`iadbe.reporting.leaderboard.rank`), for their order.
        metrics: Its metric values (`iadbe.schemas.MetricsSchema`) under this protocol.
        counterpart: Those under the other one.

    Returns:
        Means over the cells (category and seed) that finished under both.
    """
    tables = _shown(metrics), _shown(counterpart.metrics)
    clean, paper = tables if counterpart.protocol == "clean" else reversed(tables)
    rows = [
        _row(str(model), clean[clean["model"] == model], paper[paper["model"] == model])
        for model in board["model"]
    ]
    return [row for row in rows if row is not None]


def _shown(metrics: pd.DataFrame) -> pd.DataFrame:
    whole = overall(metrics)
    named = pd.MultiIndex.from_frame(whole[["level", "metric"]])
    return whole[named.isin(list(METRICS))]


def _row(model: str, clean: pd.DataFrame, paper: pd.DataFrame) -> ProtocolRow | None:
    keys = ["category", "seed"]
    both = clean[keys].drop_duplicates().merge(paper[keys].drop_duplicates())
    if both.empty:
        return None
    clean, paper = clean.merge(both), paper.merge(both)
    entries = [
        (read(_mean(clean, key)), read(_mean(paper, key))) for key, (_, read) in METRICS.items()
    ]
    return ProtocolRow(model, len(both), entries, (_gravest(clean), _gravest(paper)))


def _mean(metrics: pd.DataFrame, key: tuple[str, str]) -> float:
    rows = metrics[(metrics["level"] == key[0]) & (metrics["metric"] == key[1])]
    return float(rows["value"].mean())


def _gravest(metrics: pd.DataFrame) -> str:
    return str(max(metrics["leakage"], key=LEAKAGES.index))
