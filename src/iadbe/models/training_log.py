"""How a model's training went, as far as the model tells: whether it ended, and its losses."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from iadbe.models.protocol import AnomalyModel


class TrainingLog(NamedTuple):
    """What a trained model says after `fit` (`iadbe.models.protocol.HasTrainingLog`).

    `epochs` counts passes that were begun. `epochs_asked` is what the recipe asked for; where a
    recipe ends by steps and took all of them, it is `epochs`. `last_loss` is None where there is no
    loss to speak of, and `finite` is False if any loss was NaN or infinite.
    """

    epochs: int
    epochs_asked: int
    last_loss: float | None = None
    finite: bool = True


def training_record(model: AnomalyModel) -> dict[str, Any] | None:
    """The log of a fitted model for its run record, None if it keeps none.

    A last loss that is not finite is null there, as JSON knows no other numbers.
    """
    log = getattr(model, "training_log", None)
    if not isinstance(log, TrainingLog):
        return None
    finite = log.finite and (log.last_loss is None or math.isfinite(log.last_loss))
    known = log.last_loss is not None and math.isfinite(log.last_loss)
    return log._replace(finite=finite, last_loss=log.last_loss if known else None)._asdict()
