"""What of the test data had a part in a logged number, by what the log shows."""

from __future__ import annotations

from collections.abc import Container, Iterable

from iadbe.auditing.reading.logged import LoggedRun
from iadbe.importing.cells import Key
from iadbe.schemas import LEAKAGES

AT_THRESHOLD = frozenset({"f1", "f1_max", "pro", "pro_at_f1_max", "precision", "recall"})
"""Metrics at one threshold, which Anomalib's and Ultralytics' validation chooses.

Both validate on the test images unless they are told otherwise.
"""


def early_stopped(runs: Iterable[LoggedRun]) -> set[Key]:
    """Dataset, model and category of every training that was stopped early."""
    return {
        (run.dataset, run.model, run.category)
        for run in runs
        if run.trained_on is None and run.training.stopped_early
    }


def leakage_of(run: LoggedRun, metric: str, early: Container[Key]) -> str:
    """The worst of `iadbe.schemas.LEAKAGES` that holds of a value.

    Args:
        run: The run.
        metric: Without its level, e.g. `auroc`.
        early: The result of `early_stopped`: a checkpoint that is tested again on its own category
            was chosen by it.
    """
    if run.trained_on not in (None, run.category):
        return "none"  # chosen on the images of another category
    found = ["none"]
    if metric in AT_THRESHOLD:
        found.append("threshold")
    if run.training.best is not None:
        found.append("model selection")
    if run.training.stopped_early or (run.dataset, run.model, run.category) in early:
        found.append("early stop")
    return max(found, key=LEAKAGES.index)


def evidence(run: LoggedRun) -> str | None:
    """The lines that show that training was stopped early, or the best of its epochs chosen."""
    training = run.training
    if training.stopped_early and training.early is not None:
        return f"line {training.early} says that training was stopped early"
    if training.stopped_early and training.last_epoch is not None:
        asked = f" of {training.epochs}" if training.epochs else ""
        begun = f"{training.last_epoch.value + 1:.0f}{asked} epochs were begun"
        return f"{begun} (line {training.last_epoch.line}), and no limit was reached"
    if training.best is not None:
        return f"line {training.best} measures the best checkpoint of all epochs"
    return None
