"""A packed folder, and another machine that has nothing else."""

import pytest

from iadbe.models.weights import PACKAGED_BACKBONE, hub_weights, timm_weights, url_file
from iadbe.models.weights.transfer.needs import Need
from iadbe.models.weights.transfer.pack import pack


@pytest.fixture
def packed(hub, tmp_path):
    """A folder packed on a connected machine, and the descriptors of what is in it."""
    hub_file = hub_weights("acme/net", "model.safetensors", "MIT")
    hub.publish("acme/net", "model.safetensors", b"from the hub")
    hub.publish("timm/resnet50.a1_in1k", "pytorch_model.bin", b"from timm")
    archive = url_file(hub.put("images.zip", b"from an address"))
    needed = (hub_file, timm_weights("resnet50"), timm_weights(PACKAGED_BACKBONE), archive)
    pack([Need("one", needed), Need("two", (hub_file,))], tmp_path / "parcel", lambda _line: None)
    return tmp_path / "parcel", needed


@pytest.fixture
def isolated(packed, monkeypatch, tmp_path):
    """Another machine, with the packed folder and nothing else."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "other hub"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other cache"))
    monkeypatch.setenv("IADBE_OFFLINE", "1")
    return packed[0]
