"""What of a model's training goes into the run record."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from iadbe.models.training_log import TrainingLog, training_record


def record(log):
    return training_record(SimpleNamespace(training_log=log))


def test_a_log_is_recorded():
    assert record(TrainingLog(3, 5, 0.25)) == {
        "epochs": 3, "epochs_asked": 5, "last_loss": 0.25, "finite": True
    }  # fmt: skip


@pytest.mark.parametrize("loss", [float("nan"), float("inf"), float("-inf")])
def test_a_last_loss_that_is_no_number_is_null_and_not_finite(loss):
    known = record(TrainingLog(1, 1, loss))
    assert (known["last_loss"], known["finite"]) == (None, False)
    json.dumps(known, allow_nan=False)


def test_a_model_that_keeps_no_log_records_none():
    assert training_record(SimpleNamespace()) is None
    assert record(None) is None
    assert record({"epochs": 3}) is None
