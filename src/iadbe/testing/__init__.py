"""The contract test for authors of model plugins.

In a test module, one decorator runs every check as a test of its own:

    from iadbe.testing import parametrize_checks

    @parametrize_checks(MyModel, {"neighbours": 3})
    def test_contract(check):
        check()

`check_model(MyModel)` runs them at once; `run_checks` yields their results, as
`iadbe models check NAME` shows them.
"""

from iadbe.testing.run import CheckResult, check_model, parametrize_checks, run_checks
from iadbe.testing.subject import CheckFailedError, Subject

__all__ = [
    "CheckFailedError",
    "CheckResult",
    "Subject",
    "check_model",
    "parametrize_checks",
    "run_checks",
]
