"""Hold a model to the contract while its predictions stream by."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from iadbe.errors import ContractError
from iadbe.models.protocol import AnomalyModel, Prediction
from iadbe.samples import Samples


def checked_predictions(model: AnomalyModel, samples: Samples) -> Iterator[Prediction]:
    """Yield a model's predictions, each checked.

    Args:
        model: The fitted model.
        samples: What to score.

    Raises:
        ContractError: At the first prediction that is not the one due, has a score that is not a
            finite number, or a map that is not finite, of another shape, or against `localizes`,
            or boxes that are none, or only for some samples.
    """
    count = 0
    boxed: bool | None = None
    for prediction in model.predict(samples):
        if count == len(samples):
            raise ContractError(
                f"the model gave more than {len(samples)} predictions, one a sample."
            )
        _check_score(prediction, samples[count].sample_id)
        has_map = prediction.anomaly_map is not None
        if has_map != model.localizes:
            found = "gave an" if has_map else "gave no"
            raise ContractError(
                f"{prediction.sample_id}: localizes is {model.localizes}, but the model {found} "
                "anomaly map."
            )
        _check_map(prediction, samples.size)
        boxed = check_boxes(prediction, boxed)
        count += 1
        yield prediction
    if count < len(samples):
        raise ContractError(f"the model gave {count} predictions for {len(samples)} samples.")


def _check_score(prediction: Prediction, due: str) -> None:
    if prediction.sample_id != due:
        raise ContractError(f"prediction of {prediction.sample_id} where {due} was due.")
    if not np.isfinite(prediction.image_score):
        raise ContractError(f"{due}: the image score is {prediction.image_score}, not finite.")


def _check_map(prediction: Prediction, size: int) -> None:
    anomaly_map = prediction.anomaly_map
    if anomaly_map is None:
        return
    shape = np.shape(anomaly_map)
    if shape != (size, size):
        raise ContractError(
            f"{prediction.sample_id}: the anomaly map has shape {shape}, not ({size}, {size})."
        )
    if not np.isfinite(anomaly_map).all():
        raise ContractError(
            f"{prediction.sample_id}: the anomaly map has values that are not finite."
        )


def check_boxes(prediction: Prediction, boxed: bool | None) -> bool:
    """Whether the model gives boxes; `boxed` is what it did for the sample before."""
    boxes, name = prediction.boxes, prediction.sample_id
    if boxed is not None and boxed != (boxes is not None):
        raise ContractError(
            f"{name}: the model gives boxes for some samples only; where it finds nothing, give an "
            "array of shape (0, 5)."
        )
    if boxes is None:
        return False
    if np.ndim(boxes) != 2 or np.shape(boxes)[1] != 5:
        raise ContractError(f"{name}: the boxes have shape {np.shape(boxes)}, not (n, 5).")
    places = boxes[:, :4]
    if not (np.isfinite(boxes).all() and (places >= 0).all() and (places <= 1).all()):
        raise ContractError(
            f"{name}: boxes must be finite, and left, top, right, bottom shares in [0, 1]."
        )
    if not (places[:, :2] <= places[:, 2:]).all():
        raise ContractError(f"{name}: a box ends before it starts: give left, top, right, bottom.")
    return True
