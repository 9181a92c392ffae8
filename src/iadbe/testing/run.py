"""Run the checks: as results, as one assertion, or as parametrised tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from iadbe.models.card import Card
from iadbe.models.protocol import AnomalyModel
from iadbe.testing import batches, footprint, form, honesty, predicting, saved, streaming
from iadbe.testing.subject import CheckFailedError, Subject

if TYPE_CHECKING:
    import pytest

Check = Callable[[Subject], None]

CHECKS: tuple[Check, ...] = (
    form.contract_members,
    form.optional_members,
    form.imports_light,
    form.imports_fast,
    form.params_refuse_unknown_keys,
    form.params_refuse_wrong_types,
    predicting.fits,
    predicting.yields_predictions,
    predicting.one_prediction_a_sample,
    predicting.scores_are_floats,
    predicting.scores_are_finite,
    predicting.maps_match_localizes,
    predicting.maps_have_the_size,
    predicting.maps_are_finite,
    predicting.boxes_are_shares,
    streaming.streams,
    streaming.predicts_one_sample,
    batches.scores_alike_in_any_batch,
    honesty.same_seed_same_scores,
    honesty.sees_no_labels,
    saved.saves_no_pickle,
    saved.loads_the_same_scores,
    saved.works_in_a_spawned_process,
    footprint.leaves_samples_alone,
    footprint.leaves_the_working_folder_alone,
    footprint.writes_only_where_told,
)

_NEEDED_BY_THE_REST = (form.contract_members, predicting.fits, predicting.yields_predictions)


class CheckResult(NamedTuple):
    """Outcome of one check; the message is empty when it passed."""

    name: str
    passed: bool
    message: str


def run_checks(
    model_class: type[AnomalyModel],
    params: dict[str, Any] | None = None,
    *,
    size: int = 64,
    card: Card | None = None,
) -> Iterator[CheckResult]:
    """Yield the result of each check as it is known.

    Stops after a failure without which the others could only repeat it.

    Args:
        model_class: The class under test.
        params: Its parameters as a user would write them; paths in them must be absolute.
        size: Edge of the drawn images in pixels.
        card: Of the model with these parameters, if it says more than the class's own.
    """
    subject = Subject(model_class, params, size, card)
    try:
        for check in CHECKS:
            result = _result(check, subject)
            yield result
            if not result.passed and check in _NEEDED_BY_THE_REST:
                return
    finally:
        subject.close()


def _result(check: Check, subject: Subject) -> CheckResult:
    try:
        check(subject)
    except CheckFailedError as error:
        return CheckResult(check.__name__, False, str(error))
    except Exception as error:  # noqa: BLE001 - whatever a stranger's model raises
        message = f"the model raised {type(error).__name__}: {error}"
        return CheckResult(check.__name__, False, message)
    return CheckResult(check.__name__, True, "")


def check_model(
    model_class: type[AnomalyModel],
    params: dict[str, Any] | None = None,
    *,
    size: int = 64,
    card: Card | None = None,
) -> None:
    """Run all checks.

    Args:
        model_class: The class under test.
        params: Its parameters as a user would write them; paths in them must be absolute.
        size: Edge of the drawn images in pixels.
        card: Of the model with these parameters, if it says more than the class's own.

    Raises:
        CheckFailedError: With one line for each check that failed.
    """
    results = run_checks(model_class, params, size=size, card=card)
    lines = [f"{result.name}: {result.message}" for result in results if not result.passed]
    if lines:
        raise CheckFailedError(f"{model_class.__name__}\n" + "\n".join(lines))


def parametrize_checks(
    model_class: type[AnomalyModel],
    params: dict[str, Any] | None = None,
    *,
    size: int = 64,
    card: Card | None = None,
) -> pytest.MarkDecorator:
    """Turn a test function with the argument `check` into one test a check.

    The tests share one fitted model. The function's body is `check()`.

    Args:
        model_class: The class under test.
        params: Its parameters as a user would write them; paths in them must be absolute.
        size: Edge of the drawn images in pixels.
        card: Of the model with these parameters, if it says more than the class's own.
    """
    import pytest

    subject = Subject(model_class, params, size, card)
    bound = [pytest.param(partial(check, subject), id=check.__name__) for check in CHECKS]
    return pytest.mark.parametrize("check", bound)
