"""The whole contract, one test a check."""

from collections.abc import Callable

from iadbe_brightness import BrightnessModel

from iadbe.testing import parametrize_checks


@parametrize_checks(BrightnessModel)
def test_contract(check: Callable[[], None]) -> None:
    """The model passes the check."""
    check()
