"""What models cost, as the report's table."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from iadbe.reporting.formats import amount


class Cost(NamedTuple):
    """A column: its title, a word on its meaning, and what the values are divided by."""

    key: str
    title: str
    meaning: str
    unit: float = 1.0


COSTS = (
    Cost("fit_seconds", "Fit, s", "to train, decoding included"),
    Cost("warm_up_ms", "First, ms", "the first image after loading"),
    Cost("latency_p50_ms", "Median, ms", "one image at a time"),
    Cost("latency_p95_ms", "95 %, ms", "one image at a time; one of twenty takes longer"),
    Cost("throughput_per_s", "Images/s", "in batches of 32"),
    Cost("decode_ms", "Decode, ms", "to read and resize an image; in none of the times but fit's"),
    Cost("peak_memory_mb", "Memory, MB", "most that the process took, libraries included"),
    Cost("gpu_memory_mb", "GPU, MB", "most that tensors took on the GPU"),
    Cost("model_size_mb", "Saved, MB", "the model's folder"),
    Cost("parameters", "Numbers, M", "millions of weights, statistics, remembered features", 1e6),
    Cost("energy_j_per_image", "J/image", "processor and memory, in batches of 32"),
    Cost("gpu_energy_j_per_image", "GPU J/image", "the GPU's board, in batches of 32"),
)


class CostTable(NamedTuple):
    """The columns that some model has a value in, and a row a model."""

    columns: list[Cost]
    rows: list[tuple[str, list[str]]]


def cost_table(board: pd.DataFrame) -> CostTable:
    """The costs of the models of one dataset that ran, means over its cells.

    Args:
        board: The rows of one dataset (`iadbe.reporting.leaderboard.rank`).
    """
    known = board.dropna(subset=[cost.key for cost in COSTS], how="all")
    columns = [cost for cost in COSTS if known[cost.key].notna().any()]
    return CostTable(columns, [_row(row, columns) for _, row in known.iterrows()])


def _row(row: pd.Series, columns: list[Cost]) -> tuple[str, list[str]]:
    return str(row["model"]), [amount(row[cost.key] / cost.unit) for cost in columns]
