"""A run that a console log tells of."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from iadbe.auditing.reading.training import Logged, Training

__all__ = ["Logged", "LoggedRun"]


@dataclass
class LoggedRun:
    """One training and test, or one test, of a model on a category.

    Args:
        file: The log.
        line: Where the run begins.
        dataset: Name in the vocabulary of `aliases.yml`.
        model: Likewise.
        category: The category tested on; that of a dataset with one category is its name.
        trained_on: The category that the tested model was trained on, if a checkpoint was loaded.
        metrics: By name, e.g. `pixel_auroc`.
        error: The last exception of a run, if the log shows one.
        training: What the log shows of its training.
    """

    file: Path
    line: int
    dataset: str
    model: str
    category: str
    trained_on: str | None = None
    metrics: dict[str, Logged] = field(default_factory=dict)
    error: str | None = None
    training: Training = field(default_factory=Training)
