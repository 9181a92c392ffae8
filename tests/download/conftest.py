"""For all tests of downloads: a server, and nothing between it and us."""

from __future__ import annotations

import pytest

from download.web_server import serving
from iadbe.download import transfer


@pytest.fixture
def server():
    with serving() as running:
        yield running


@pytest.fixture(autouse=True)
def direct(monkeypatch):
    """No proxy, no ban of the network, no waiting between tries."""
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.delenv("IADBE_OFFLINE", raising=False)
    monkeypatch.setattr(transfer, "PAUSE_S", 0.0)
