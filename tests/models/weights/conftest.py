"""A machine that has no weights, with or without a hub in reach."""

from __future__ import annotations

import pytest

from hub_stand_in import StandIn, serve
from iadbe.models.weights import FOLDER_VARIABLE, OFFLINE_VARIABLE, network

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def bare_machine(monkeypatch, tmp_path):
    """No user folder, nothing installed, empty caches, the hub out of reach."""
    from huggingface_hub import constants

    for variable in (FOLDER_VARIABLE, OFFLINE_VARIABLE, "TORCH_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "HF_XET_CACHE", str(tmp_path / "xet"))
    _point_at(monkeypatch, NOWHERE)
    network._silent.clear()
    return tmp_path


@pytest.fixture
def hub(bare_machine, monkeypatch):
    """A stand-in for the hub, and for any file server, in reach of the bare machine."""
    stand_in = StandIn()
    server = serve(stand_in)
    _point_at(monkeypatch, stand_in.address)
    yield stand_in
    server.shutdown()
    server.server_close()


def _point_at(monkeypatch, address):
    from huggingface_hub import constants

    template = address + "/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr(constants, "ENDPOINT", address)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
