"""What a console log shows of the training behind its numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple


class Logged(NamedTuple):
    """A number in a log: as logged (a metric in [0, 1]), and its line."""

    value: float
    line: int


_TOOK = re.compile(r"Training took\s+(\d[\d.]*)\s+seconds")
_EPOCH = re.compile(r"Epoch (\d+)(?:/(\d+))?\b")
_LIMIT = re.compile(r"stopped: `max_\w+=")
_EARLY = re.compile(r"EarlyStopping: Training stopped early|Signaling Trainer to stop")
_BEST = re.compile(r"Validating \S*best\.pt")
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)[,.]\d+")
_GPU = re.compile(r"CUDA device \('([^']+)'\)|CUDA:\d+ \(([^,]+),")
_PROGRAM = re.compile(r"Ultralytics YOLO(v[\d.]+)")


@dataclass
class Training:
    """Signs of a run, each None where the log has none.

    Attributes:
        seconds: What the log calls the training's time.
        last_epoch: The last one begun, counted from 0.
        epochs: How many were asked for.
        limit: Line that says that the limit of epochs or steps was reached.
        early: Line that says that training was stopped early.
        best: Line that says that the best checkpoint of all epochs is measured.
        started_at: First time that is stamped, ISO 8601 without a zone.
        finished_at: The last one.
        gpu: The graphics card's name.
        program: Name and version of what ran, where the log has it.
    """

    seconds: Logged | None = None
    last_epoch: Logged | None = None
    epochs: int | None = None
    limit: int | None = None
    early: int | None = None
    best: int | None = None
    started_at: str | None = None
    finished_at: str | None = None
    gpu: str | None = None
    program: str | None = None

    @property
    def stopped_early(self) -> bool:
        """Whether training ended by a rule of its own.

        Lightning says so when the limit of epochs or steps is reached, and when it is stopped
        otherwise, says nothing unless it was told to be verbose.
        """
        if self.early is not None:
            return True
        if self.seconds is None or self.last_epoch is None or self.limit is not None:
            return False
        return self.epochs is None or self.last_epoch.value + 1 < self.epochs

    def note(self, number: int, line: str) -> None:
        """Take a line."""
        if (took := _TOOK.search(line)) and self.seconds is None:
            self.seconds = Logged(float(took[1]), number)
        elif epoch := _EPOCH.match(line):
            self.last_epoch = Logged(float(epoch[1]), number)
            self.epochs = int(epoch[2]) + 1 if epoch[2] else self.epochs
        if _LIMIT.search(line):
            self.limit = number
        elif _EARLY.search(line):
            self.early = number
        elif _BEST.search(line):
            self.best = number
        self._note_circumstances(line)

    def _note_circumstances(self, line: str) -> None:
        if stamp := _STAMP.search(line):
            self.finished_at = f"{stamp[1]}T{stamp[2]}"
            self.started_at = self.started_at or self.finished_at
        if gpu := _GPU.search(line):
            self.gpu = gpu[1] or gpu[2]
        if program := _PROGRAM.search(line):
            self.program = f"Ultralytics {program[1].removeprefix('v')}"
