"""Checks that scores come from the images and the seed, and from nothing else.

They share one more fit, on copies of the images elsewhere. Only when its scores differ is a third
made, on the images where they were, to tell why.
"""

from __future__ import annotations

from iadbe.testing.sameness import closely, exactly, first_difference
from iadbe.testing.subject import CheckFailedError, Subject


def same_seed_same_scores(subject: Subject) -> None:
    """Fitted twice with one seed, a model gives the same scores, unless its card says it cannot."""
    if not subject.deterministic:
        return
    if first_difference(subject.predictions, subject.predictions_elsewhere, exactly) is None:
        return
    if found := first_difference(subject.predictions, subject.predictions_again, exactly):
        raise CheckFailedError(
            f"fitted twice with one seed, {found}: draw from a generator seeded with the seed that "
            "fit gets, or set deterministic=False in the card"
        )


def sees_no_labels(subject: Subject) -> None:
    """Scores stay the same when the images lie elsewhere, under other names, without masks."""
    moved = subject.predict(subject.fitted, subject.test_elsewhere)
    if found := first_difference(subject.predictions, moved, closely):
        again = subject.predict(subject.fitted)
        if first_difference(subject.predictions, again, closely) is None:
            raise _peeks("predict", found)
        return  # it is not the place but chance, which is another check's
    if subject.supervised or not subject.deterministic:
        return
    found = first_difference(subject.predictions, subject.predictions_elsewhere, exactly)
    if found and not first_difference(subject.predictions, subject.predictions_again, exactly):
        raise _peeks("fit", found)


def _peeks(method: str, found: str) -> CheckFailedError:
    return CheckFailedError(
        f"{method} sees more than images: where they lie in another folder, under other names and "
        f"without masks, {found}; use sample.image alone, no names, folders or other files"
    )
