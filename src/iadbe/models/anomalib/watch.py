"""Watches a training: epochs, steps, and whether every loss was a finite number."""

from __future__ import annotations

from typing import Any

import torch
from lightning.pytorch import Callback, LightningModule, Trainer

from iadbe.models.training_log import TrainingLog


class Watch(Callback):
    """Counts while Lightning trains; waits for no GPU.

    Args:
        one_pass: The model only looks at the images: its loss is a dummy.
    """

    def __init__(self, *, one_pass: bool) -> None:
        self._one_pass = one_pass
        self._epochs = 0
        self._finite: torch.Tensor | None = None
        self._last: torch.Tensor | None = None

    def on_train_epoch_start(self, *_: Any) -> None:
        """Count a pass that begins."""
        self._epochs += 1

    def on_train_batch_end(self, _trainer: Any, _module: Any, outputs: Any, *_: Any) -> None:
        """Look at the losses of a step; a model that steps by itself may give several."""
        losses = _losses(outputs)
        if losses and not self._one_pass:
            every = torch.stack(losses)
            self._last = outputs["loss"].detach() if "loss" in outputs else every.sum()
            finite = torch.isfinite(every).all()
            self._finite = finite if self._finite is None else self._finite & finite

    def result(self, trainer: Trainer) -> TrainingLog:
        """What was seen; a training that took all the steps it was given was not cut short."""
        stepped = 0 < trainer.max_steps <= trainer.global_step
        return TrainingLog(
            epochs=self._epochs,
            epochs_asked=self._epochs if stepped else int(trainer.max_epochs or self._epochs),
            last_loss=None if self._last is None else float(self._last),
            finite=self._finite is None or bool(self._finite),
        )


def training_log(module: LightningModule) -> TrainingLog | None:
    """How a module's training went; None for one that was never trained."""
    trainer: Any = getattr(module, "_trainer", None)
    watches = [seen for seen in getattr(trainer, "callbacks", ()) if isinstance(seen, Watch)]
    return watches[0].result(trainer) if watches else None


def _losses(outputs: Any) -> list[torch.Tensor]:
    """The scalars among what a training step gave."""
    values = outputs.values() if isinstance(outputs, dict) else ()
    tensors = [value for value in values if isinstance(value, torch.Tensor)]
    return [tensor.detach().float() for tensor in tensors if tensor.numel() == 1]
