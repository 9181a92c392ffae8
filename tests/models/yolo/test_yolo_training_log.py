"""What the trainer keeps of its events, without training."""

from __future__ import annotations

from types import SimpleNamespace

import pytest


def trained(losses, epochs):
    """The log of a trainer that saw one loss an epoch, and was asked for `epochs`."""
    import torch

    from iadbe.models.yolo.trainers import _Quiet

    trainer = _Quiet()
    trainer.args, trainer.loss = SimpleNamespace(epochs=epochs), None
    for trainer.epoch, loss in enumerate(losses):
        trainer.run_callbacks("on_train_epoch_start")
        trainer.loss = torch.tensor(loss, requires_grad=True)
        trainer.run_callbacks("on_train_batch_end")
        trainer.run_callbacks("on_train_epoch_end")
    return trainer.training_log()


def test_epochs_and_the_last_loss_are_known():
    assert trained([3.0, 2.0], epochs=2) == (2, 2, 2.0, True)
    assert trained([3.0], epochs=4)[:2] == (1, 4)


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_one_loss_that_is_no_number_is_remembered(bad):
    log = trained([bad, 2.0], epochs=2)
    assert (log.last_loss, log.finite) == (2.0, False)
