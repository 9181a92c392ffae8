"""The order of the places, and that `find` never asks a network."""

import os

import pytest

from iadbe.errors import WeightsError
from iadbe.models.weights import (
    FOLDER_VARIABLE,
    OFFLINE_VARIABLE,
    PACKAGED_BACKBONE,
    Weights,
    find,
    hub_weights,
    resolve,
    timm_weights,
    torchvision_weights,
    url_file,
)
from iadbe.models.weights.locate import locate

HUB = hub_weights("acme/net", "sub/model.safetensors", "MIT")
TORCHVISION = torchvision_weights("resnet18", "resnet18-f37072fd.pth")


def test_a_file_is_looked_for_from_the_users_folder_to_the_hub(hub, monkeypatch, tmp_path):
    hub.publish("acme/net", "sub/model.safetensors", b"from the hub")
    assert find(HUB) is None
    cached = resolve(HUB)
    assert cached.read_bytes() == b"from the hub"
    assert locate(HUB) == (cached, "cache")

    installed = tmp_path / "data/iadbe/weights/acme--net--sub--model.safetensors"
    installed.parent.mkdir(parents=True)
    installed.write_bytes(b"installed")
    assert locate(HUB) == (installed, "installed")

    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "mine"))
    assert find(HUB) == installed
    own = tmp_path / "mine/acme--net--sub--model.safetensors"
    own.parent.mkdir()
    own.write_bytes(b"own")
    assert locate(HUB) == (own, "IADBE_WEIGHTS")
    assert resolve(HUB) == own
    assert hub.fetched() == ["/acme/net/resolve/main/sub/model.safetensors"]


def test_the_installed_default_backbone_comes_before_that_of_the_package(bare_machine):
    weights = timm_weights(PACKAGED_BACKBONE)
    assert locate(weights).place == "package"
    installed = bare_machine / "data/iadbe/weights" / f"{PACKAGED_BACKBONE}.pth"
    installed.parent.mkdir(parents=True)
    installed.touch()
    assert locate(weights) == (installed, "installed")


@pytest.mark.parametrize(
    ("weights", "files"),
    [
        (timm_weights("resnet18"), ["resnet18.pth", "resnet18.safetensors"]),
        (TORCHVISION, ["resnet18-f37072fd.pth"]),
        (url_file("http://127.0.0.1/a%20b.zip?download=1"), ["a b.zip"]),
        (Weights("local/x", "x.pt", "local", "/nowhere/x.pt"), ["x.pt"]),
    ],
)
def test_names_in_the_users_folder(bare_machine, monkeypatch, weights, files):
    monkeypatch.setenv(FOLDER_VARIABLE, str(bare_machine))
    for name in files:  # the last one is the best
        (bare_machine / name).touch()
        assert find(weights) == bare_machine / name


def test_torchs_cache_is_where_torch_has_it(bare_machine, monkeypatch):
    import torch

    for variable in ("", "TORCH_HOME"):
        if variable:
            monkeypatch.setenv(variable, str(bare_machine / "torch home"))
        checkpoints = os.path.join(torch.hub.get_dir(), "checkpoints")  # noqa: PTH118
        assert find(TORCHVISION) is None
        os.makedirs(checkpoints)  # noqa: PTH103
        cached = os.path.join(checkpoints, "resnet18-f37072fd.pth")  # noqa: PTH118
        with open(cached, "wb"):  # noqa: PTH123
            pass
        assert str(find(TORCHVISION)) == cached


def test_a_path_of_its_own_comes_first(bare_machine, monkeypatch):
    file = bare_machine / "best.pt"
    weights = Weights("local/best", "best.pt", "local", str(file))
    with pytest.raises(WeightsError, match="no such file") as raised:
        resolve(weights)
    assert str(file) in str(raised.value)
    file.touch()
    assert locate(weights) == (file, "path")


@pytest.mark.parametrize("variable", [OFFLINE_VARIABLE, "HF_HUB_OFFLINE"])
@pytest.mark.parametrize("source", ["timm", "torchvision", "hub", "url"])
def test_what_forbids_the_network_forbids_all_of_it(hub, monkeypatch, variable, source):
    from huggingface_hub import constants

    if variable == OFFLINE_VARIABLE:
        monkeypatch.setenv(variable, "1")
    else:
        monkeypatch.setattr(constants, variable, True)
    weights = {
        "timm": timm_weights("resnet18"),
        "torchvision": TORCHVISION,
        "hub": HUB,
        "url": url_file(hub.put("a.zip", b"content")),
    }[source]
    with pytest.raises(WeightsError, match=f"{variable} forbids the network") as raised:
        resolve(weights)
    assert weights.file in str(raised.value)
    assert "\n" not in str(raised.value)
    assert hub.asked == []


@pytest.mark.parametrize("kind", [timm_weights, lambda name: torchvision_weights(name, "x.pth")])
def test_a_name_that_nobody_knows_is_told_with_the_near_ones(bare_machine, kind):
    with pytest.raises(WeightsError, match=r"did you mean.*resnet18"):
        find(kind("resnt18"))
