"""Checks of how a fitted model predicts: bit by bit, and a single sample, too."""

from __future__ import annotations

import numpy as np

from iadbe.testing.subject import CheckFailedError, Subject
from iadbe.testing.watched import WatchedSamples

_MANY = 200


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
    try:
        alone = subject.predict(subject.fitted, subject.test[:1])
    except Exception as error:
        raise CheckFailedError(
            f"predict fails for a single sample: {type(error).__name__}: {error}; the last batch "
            "may be that small"
        ) from error
    if len(alone) != 1:
        raise CheckFailedError(
            f"predict gives {len(alone)} predictions for a single sample: the last batch may be "
            "that small"
        )
