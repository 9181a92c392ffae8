"""The checks; each takes a subject and raises `CheckFailedError` or whatever the model raises."""

from __future__ import annotations

import numpy as np
from pydantic import ValidationError

from iadbe.errors import ContractError
from iadbe.models.checked import checked_predictions
from iadbe.models.protocol import Prediction
from iadbe.models.structure import contract_problems
from iadbe.testing.fresh import heavy_imports
from iadbe.testing.subject import CheckFailedError, Subject
from iadbe.testing.watched import WatchedSamples

_MANY = 200


def contract_members(subject: Subject) -> None:
    """The class has every member of the contract."""
    if problems := list(contract_problems(subject.model_class)):
        raise CheckFailedError("; ".join(problems))


def imports_light(subject: Subject) -> None:
    """Importing the module imports no deep learning library."""
    if found := heavy_imports(subject.model_class):
        raise CheckFailedError(
            f"importing {subject.model_class.__module__} imports {', '.join(found)}: move those "
            "imports into the methods, or listing models takes seconds"
        )


def params_refuse_unknown_keys(subject: Subject) -> None:
    """A mistyped parameter is an error, not silence."""
    _ = subject.params
    try:
        subject.model_class.Params.model_validate({**subject.given, "no_such_parameter": 1})
    except ValidationError:
        return
    raise CheckFailedError("Params accepts an unknown key: set ConfigDict(extra='forbid')")


def fits(subject: Subject) -> None:
    """The model fits; without labels unless it is supervised."""
    _ = subject.fitted


def predicts_each_sample(subject: Subject) -> None:
    """One finite prediction a sample, in order, and maps of the right shape."""
    try:
        list(checked_predictions(subject.fitted, subject.test))
    except ContractError as error:
        raise CheckFailedError(f"predict: {error}") from error


def scores_are_floats(subject: Subject) -> None:
    """Scores are plain numbers, no tensors or arrays."""
    for prediction in subject.predictions:
        if not isinstance(prediction, Prediction):
            raise CheckFailedError(f"predict yields {type(prediction).__name__}, not Prediction")
        if not isinstance(prediction.image_score, float):
            kind = type(prediction.image_score).__name__
            raise CheckFailedError(f"image_score is a {kind}: wrap it in float(...)")


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


def streams(subject: Subject) -> None:
    """The first prediction is out before all images are decoded."""
    test = subject.test.frame
    many = test.loc[np.resize(test.index, _MANY)].assign(sample_id=[f"{n}" for n in range(_MANY)])
    samples = WatchedSamples(many, subject.size)
    predictions = subject.fitted.predict(samples)
    if not hasattr(predictions, "__next__"):
        kind = type(predictions).__name__
        raise CheckFailedError(f"predict returns a {kind}: make it a generator (yield)")
    next(predictions)
    if len(samples.decoded) == _MANY:
        raise CheckFailedError(
            f"predict decodes all {_MANY} images before it yields: yield batch by batch, or a big "
            "test set does not fit in memory"
        )


def predicts_one_sample(subject: Subject) -> None:
    """A test set of one sample works."""
    alone = subject.predict(subject.fitted, subject.test[:1])
    if len(alone) != 1:
        raise CheckFailedError(f"predict gives {len(alone)} predictions for a single sample")


def same_seed_same_scores(subject: Subject) -> None:
    """Fitted twice with one seed, a model gives the same scores."""
    again = subject.predict(subject.fit())
    for first, second in zip(subject.predictions, again, strict=True):
        if first.image_score != second.image_score or not _same_map(first, second):
            raise CheckFailedError(
                f"fitted twice with one seed, {first.sample_id} scores {first.image_score!r} and "
                f"{second.image_score!r}: draw from a generator seeded with the seed fit gets"
            )


def _same_map(first: Prediction, second: Prediction) -> bool:
    if first.anomaly_map is None or second.anomaly_map is None:
        return first.anomaly_map is second.anomaly_map
    return np.array_equal(first.anomaly_map, second.anomaly_map)


def leaves_samples_alone(subject: Subject) -> None:
    """Neither the manifest nor the dataset's files change."""
    _ = subject.predictions
    if subject.edited:
        names = " and ".join(sorted(subject.edited))
        raise CheckFailedError(f"{names} changed the manifest: copy samples.frame to edit it")
    files = subject.files_drawn
    now = subject.files_now()
    if changed := sorted(name for name in now.keys() | files if now.get(name) != files.get(name)):
        raise CheckFailedError(
            f"files of the dataset were made, changed or removed: {', '.join(changed[:3])}; work "
            "in a tempfile.TemporaryDirectory"
        )


def writes_only_where_told(subject: Subject) -> None:
    """Fitting, predicting and saving leave nothing in the working folder."""
    _ = subject.predictions, subject.saved
    if litter := sorted(path.name for path in (subject.root / "work").iterdir()):
        raise CheckFailedError(
            f"left in the working folder: {', '.join(litter[:3])}; write into the folder that save "
            "gets, or into a tempfile.TemporaryDirectory"
        )
