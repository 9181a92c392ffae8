"""Checks of what a fitted model predicts."""

from __future__ import annotations

import numpy as np

from iadbe.errors import ContractError
from iadbe.models.checked import check_boxes
from iadbe.models.protocol import Prediction
from iadbe.models.training_log import TrainingLog
from iadbe.testing.subject import CheckFailedError, Subject


def fits(subject: Subject) -> None:
    """The model fits; without labels unless it is supervised; its log, if any, can be recorded."""
    log = getattr(subject.fitted, "training_log", None)
    if log is not None and not isinstance(log, TrainingLog):
        raise CheckFailedError(
            f"training_log is a {type(log).__name__}: set it to None or to an "
            "iadbe.models.training_log.TrainingLog"
        )


def yields_predictions(subject: Subject) -> None:
    """What predict yields are predictions."""
    for prediction in subject.predictions:
        if not isinstance(prediction, Prediction):
            kind = type(prediction).__name__
            raise CheckFailedError(
                f"predict yields {kind}, not Prediction: yield iadbe.models.protocol.Prediction"
            )


def one_prediction_a_sample(subject: Subject) -> None:
    """As many predictions as samples, in their order."""
    given, due = subject.predictions, subject.test
    for prediction, sample in zip(given, due, strict=False):
        if prediction.sample_id != sample.sample_id:
            raise CheckFailedError(
                f"predict gives {prediction.sample_id} where {sample.sample_id} was due: yield "
                "predictions in the order of samples, with their sample_id"
            )
    if len(given) != len(due):
        count = len(given) if len(given) < len(due) else f"more than {len(due)}"
        raise CheckFailedError(
            f"predict gives {count} predictions for {len(due)} samples: yield one a sample, those "
            "of the last, smaller batch, too"
        )


def scores_are_floats(subject: Subject) -> None:
    """Scores are plain numbers, no tensors or arrays."""
    for prediction in subject.predictions:
        if not isinstance(prediction.image_score, float):
            kind = type(prediction.image_score).__name__
            raise CheckFailedError(f"image_score is a {kind}: wrap it in float(...)")


def scores_are_finite(subject: Subject) -> None:
    """No score is NaN or infinite."""
    for prediction in subject.predictions:
        if not np.isfinite(prediction.image_score).all():
            raise CheckFailedError(
                f"{prediction.sample_id}: the image score is {prediction.image_score}, not finite: "
                "look for a division by zero or the logarithm of zero"
            )


def maps_match_localizes(subject: Subject) -> None:
    """There is an anomaly map if, and only if, the model says it localizes."""
    localizes = subject.fitted.localizes
    for prediction in subject.predictions:
        anomaly_map = prediction.anomaly_map
        if (anomaly_map is not None) != localizes:
            found = "is missing" if localizes else "is there"
            raise CheckFailedError(f"localizes is {localizes}, but the anomaly map {found}")
        if localizes and not isinstance(anomaly_map, np.ndarray):
            kind = type(anomaly_map).__name__
            raise CheckFailedError(f"the anomaly map is a {kind}: give a numpy array")


def maps_have_the_size(subject: Subject) -> None:
    """Anomaly maps are as large as the images that were given."""
    due = (subject.size, subject.size)
    for prediction in subject.predictions:
        shape = np.shape(prediction.anomaly_map) if prediction.anomaly_map is not None else due
        if shape != due:
            raise CheckFailedError(
                f"{prediction.sample_id}: the anomaly map has shape {shape}, not {due}: resize it "
                "to (samples.size, samples.size), without channels"
            )


def maps_are_finite(subject: Subject) -> None:
    """No pixel of a map is NaN or infinite."""
    for prediction in subject.predictions:
        anomaly_map = prediction.anomaly_map
        if anomaly_map is not None and not np.isfinite(anomaly_map).all():
            raise CheckFailedError(
                f"{prediction.sample_id}: the anomaly map has values that are not finite: look for "
                "a division by zero or the logarithm of zero"
            )


def boxes_are_shares(subject: Subject) -> None:
    """Boxes, where a detector gives them, are what the engine takes."""
    boxed: bool | None = None
    for prediction in subject.predictions:
        try:
            boxed = check_boxes(prediction, boxed)
        except ContractError as error:
            raise CheckFailedError(str(error)) from error
