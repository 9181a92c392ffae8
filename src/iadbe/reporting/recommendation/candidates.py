"""The models of a dataset with what a decision between them rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from iadbe.reporting.formats import NOTHING, amount, count, score
from iadbe.reporting.model_cards import ModelCard
from iadbe.reporting.operation_rates import Operation, operations
from iadbe.reporting.operation_table import with_interval
from iadbe.reporting.recommendation.licences import licences

_DIGITS = 9
"""What is compared is rounded, so that Python and JavaScript compare the same numbers."""


@dataclass(frozen=True)
class Candidate:
    """One model; a number that is not known is None, never 0."""

    model: str
    supervision: str
    categories: int
    """How many the quality is a mean over."""
    quality: float | None
    """Mean image AUROC, in [0, 1]."""
    latency: float | None
    """Median milliseconds of one image, decoding apart."""
    memory: float | None
    """Peak of the process, MB."""
    size: float | None
    """Of the saved model, MB."""
    false_alarms: float | None
    """Per 1,000 normal test images, as achieved."""
    false_alarms_high: float | None
    """The upper end of its exact 95 % interval."""
    licences: tuple[str, ...]
    """Of code and weights."""
    unranked: str | None
    """Why it can be neither recommended nor on the front."""
    shown: Mapping[str, str]
    """The same as text, for the table and the sentences."""

    @property
    def supervised(self) -> bool:
        """Whether it saw labelled defects."""
        return self.supervision == "supervised"


def candidates(
    board: pd.DataFrame, metrics: pd.DataFrame, runs: pd.DataFrame, cards: Sequence[ModelCard]
) -> list[Candidate]:
    """The candidates of one dataset, in the order of its leaderboard.

    Args:
        board: The rows of one dataset (`iadbe.reporting.leaderboard.rank`).
        metrics: Its metric values (`iadbe.schemas.MetricsSchema`).
        runs: Its cells (`iadbe.schemas.RunsSchema`).
        cards: What is known of the models.
    """
    found, held = operations(metrics, runs), licences(list(board["model"]), cards)
    return [
        _candidate(row, found.get(row["model"]), held[row["model"]]) for _, row in board.iterrows()
    ]


def _candidate(row: pd.Series, operation: Operation | None, held: tuple[str, ...]) -> Candidate:
    alarms = operation.false_alarms if operation else None
    return Candidate(
        model=str(row["model"]),
        supervision="" if pd.isna(row["supervision"]) else str(row["supervision"]),
        categories=int(row["image_auroc_categories"]),
        quality=_number(row["image_auroc"]),
        latency=_number(row["latency_p50_ms"]),
        memory=_number(row.get("peak_memory_mb")),
        size=_number(row.get("model_size_mb")),
        false_alarms=_number(1000 * alarms.share) if alarms else None,
        false_alarms_high=_number(1000 * alarms.high) if alarms else None,
        licences=held,
        unranked=_unranked(row),
        shown=_shown(row, operation, held),
    )


def _number(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else round(float(value), _DIGITS)


def _unranked(row: pd.Series) -> str | None:
    if pd.notna(row["rank"]):
        return None
    if row["status"] == "degenerate":
        return "not ranked: its results are degenerate"
    cells = count(int(row["cells"]), "cell", "cells")
    return f"not ranked: {row['cells_done']} of {cells} done"


def _shown(row: pd.Series, operation: Operation | None, held: tuple[str, ...]) -> dict[str, str]:
    alarms, misses = (
        (operation.false_alarms, operation.misses) if operation is not None else (None, None)
    )
    return {
        "quality": score(row["image_auroc"]),
        "latency": amount(row["latency_p50_ms"]),
        "memory": amount(row.get("peak_memory_mb")),
        "size": amount(row.get("model_size_mb")),
        "false_alarms": with_interval(alarms),
        "misses": with_interval(misses),
        "licences": ", ".join(held) or NOTHING,
    }
