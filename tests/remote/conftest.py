"""A machine with empty caches and, in reach, a hub with one dataset."""

from __future__ import annotations

import pytest

from iadbe.models.weights import network

from .dataset_hub import DatasetHub, serve


@pytest.fixture(autouse=True)
def caches(monkeypatch, tmp_path):
    monkeypatch.setenv("IADBE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def hub(monkeypatch, tmp_path):
    constants = pytest.importorskip("huggingface_hub.constants")
    hub = DatasetHub()
    server = serve(hub)
    template = hub.address + "/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.delenv("IADBE_OFFLINE", raising=False)
    for name, value in (
        ("ENDPOINT", hub.address),
        ("HUGGINGFACE_CO_URL_TEMPLATE", template),
        ("HF_HUB_CACHE", str(tmp_path / "hub")),
        ("HF_HUB_OFFLINE", False),
        ("HF_XET_CACHE", str(tmp_path / "xet")),
    ):
        monkeypatch.setattr(constants, name, value)
    network._silent.clear()
    yield hub
    server.shutdown()
    server.server_close()
    network._silent.clear()
