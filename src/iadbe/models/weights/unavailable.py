"""The one line that says which weights are missing, why, and where to put them."""

from __future__ import annotations

from iadbe.errors import WeightsError
from iadbe.models.weights.places import FOLDER_VARIABLE, user_folder
from iadbe.models.weights.requirement import Weights


class UnavailableError(WeightsError):
    """A source does not have, or does not give, a file; the message is the reason alone."""


def missing(weights: Weights, reason: str, what: str) -> WeightsError:
    """What to raise for weights that are nowhere to be had.

    Args:
        weights: The weights.
        reason: Why their source did not give them.
        what: What the file is where it comes from.
    """
    folder = user_folder()
    place = f"{FOLDER_VARIABLE}={folder}" if folder else f"a folder and set {FOLDER_VARIABLE} to it"
    return WeightsError(
        f"weights {weights.name} are not on this machine ({reason}): "
        f"put {weights.file} ({what}) into {place}, or see `iadbe weights install`"
    )
