"""The whole contract, one test a check; few epochs, as quality is not what it tests."""

from collections.abc import Callable

from iadbe_autoencoder import AutoencoderModel

from iadbe.testing import parametrize_checks


@parametrize_checks(AutoencoderModel, {"epochs": 2, "channels": 4})
def test_contract(check: Callable[[], None]) -> None:
    """The model passes the check."""
    check()
