"""Whether a network may be used, and whether a host answers at all."""

from __future__ import annotations

import http.client
import importlib.util
import os
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from iadbe.models.weights.unavailable import UnavailableError

OFFLINE_VARIABLE = "IADBE_OFFLINE"
"""Environment variable that forbids any network; so does Hugging Face's `HF_HUB_OFFLINE`."""

_TIMEOUT_S = 3.0
_SILENT_FOR_S = 30.0
_silent: dict[str, float] = {}


def offline_by() -> str | None:
    """The variable that forbids the network, if one does."""
    if os.environ.get(OFFLINE_VARIABLE, "").strip().lower() in {"1", "true", "yes", "on"}:
        return OFFLINE_VARIABLE
    return "HF_HUB_OFFLINE" if _hub_offline() else None


def check_answers(address: str) -> None:
    """Ask an address's host one short question: clients retry for half a minute without a network.

    A host that was silent is not asked again for 30 seconds: many cells may want its files.

    Raises:
        UnavailableError: If the network is forbidden or the host does not answer within 3 s.
    """
    if (variable := offline_by()) is not None:
        raise UnavailableError(f"{variable} forbids the network")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"}:
        raise UnavailableError(f"{address} is not an http address")
    root = f"{parts.scheme}://{parts.netloc}/"
    if time.monotonic() - _silent.get(root, -_SILENT_FOR_S) < _SILENT_FOR_S or not _answers(root):
        _silent.setdefault(root, time.monotonic())
        raise UnavailableError(f"{parts.netloc} does not answer")
    _silent.pop(root, None)


def _answers(root: str) -> bool:
    request = urllib.request.Request(root, method="HEAD")  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S):  # noqa: S310
            return True
    except urllib.error.HTTPError:
        return True
    except (OSError, http.client.HTTPException):
        return False


def _hub_offline() -> bool:
    if importlib.util.find_spec("huggingface_hub") is None:
        return os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}
    from huggingface_hub import constants

    return bool(constants.HF_HUB_OFFLINE)
