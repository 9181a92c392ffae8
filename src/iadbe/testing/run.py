"""Run the checks: as results, as one assertion, or as parametrised tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from iadbe.models.protocol import AnomalyModel
from iadbe.testing import checks, saved
from iadbe.testing.subject import CheckFailedError, Subject

if TYPE_CHECKING:
    import pytest

Check = Callable[[Subject], None]

CHECKS: tuple[Check, ...] = (
    checks.contract_members,
    checks.imports_light,
    checks.params_refuse_unknown_keys,
    checks.fits,
    checks.predicts_each_sample,
    checks.scores_are_floats,
    checks.maps_match_localizes,
    checks.streams,
    checks.predicts_one_sample,
    checks.same_seed_same_scores,
    saved.saves_no_pickle,
    saved.loads_in_a_new_process,
    checks.leaves_samples_alone,
    checks.writes_only_where_told,
)

_NEEDED_BY_THE_REST = (checks.contract_members, checks.fits)


class CheckResult(NamedTuple):
    """Outcome of one check; the message is empty when it passed."""

    name: str
    passed: bool
    message: str


def run_checks(
    model_class: type[AnomalyModel], params: dict[str, Any] | None = None, *, size: int = 64
) -> Iterator[CheckResult]:
    """Yield the result of each check as it is known.

    Stops after a failure without which the others could only repeat it.

    Args:
        model_class: The class under test.
        params: Its parameters as a user would write them; paths in them must be absolute.
        size: Edge of the drawn images in pixels.
    """
    subject = Subject(model_class, params, size)
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
    model_class: type[AnomalyModel], params: dict[str, Any] | None = None, *, size: int = 64
) -> None:
    """Run all checks.

    Args:
        model_class: The class under test.
        params: Its parameters as a user would write them; paths in them must be absolute.
        size: Edge of the drawn images in pixels.

    Raises:
        CheckFailedError: With one line for each check that failed.
    """
    results = run_checks(model_class, params, size=size)
    lines = [f"{result.name}: {result.message}" for result in results if not result.passed]
    if lines:
        raise CheckFailedError(f"{model_class.__name__}\n" + "\n".join(lines))


def parametrize_checks(
    model_class: type[AnomalyModel], params: dict[str, Any] | None = None, *, size: int = 64
) -> pytest.MarkDecorator:
    """Turn a test function with the argument `check` into one test a check.

    The tests share one fitted model. The function's body is `check()`.

    Args:
        model_class: The class under test.
        params: Its parameters as a user would write them; paths in them must be absolute.
        size: Edge of the drawn images in pixels.
    """
    import pytest

    subject = Subject(model_class, params, size)
    bound = [pytest.param(partial(check, subject), id=check.__name__) for check in CHECKS]
    return pytest.mark.parametrize("check", bound)
