"""torchvision's networks in the context: local files, or random and no file."""

import contextlib
import hashlib
from pathlib import Path

import pytest
import torch
import torchvision
from torch import nn
from torchvision.models._api import WeightsEnum

from iadbe.errors import WeightsError
from iadbe.models.weights import (
    FOLDER_VARIABLE,
    find,
    local_weights,
    resolve,
    torchvision_weights,
)

FILE = "resnet18-f37072fd.pth"
DEFAULT = torchvision.models.ResNet18_Weights.DEFAULT


@pytest.fixture
def mine(bare_machine, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(bare_machine))
    return bare_machine


@pytest.fixture(scope="module")
def state():
    return torchvision.models.resnet18().state_dict()


@pytest.fixture
def published(hub, state, monkeypatch, tmp_path):
    """A file as torchvision publishes it, at the stand-in instead of its address."""
    torch.save(state, tmp_path / "published")
    content = (tmp_path / "published").read_bytes()
    name = f"resnet18-{hashlib.sha256(content).hexdigest()[:8]}.pth"
    monkeypatch.setattr(DEFAULT.value, "url", hub.put(name, content))
    return name


def test_default_weights_are_those_of_the_users_folder(mine, state):
    torch.save(state, mine / FILE)
    with local_weights():
        network = torchvision.models.resnet18(weights=DEFAULT)
        by_name = torchvision.models.get_model("resnet18", weights="DEFAULT")
    for built in (network, by_name):
        assert all(torch.equal(value, state[name]) for name, value in built.state_dict().items())


@pytest.mark.parametrize("pretrained", [True, False])
def test_all_changes_are_undone_also_after_an_error(bare_machine, pretrained):
    before = WeightsEnum.get_state_dict, nn.Module.load_state_dict
    with contextlib.suppress(ZeroDivisionError), local_weights(pretrained=pretrained):
        within = WeightsEnum.get_state_dict, nn.Module.load_state_dict
        raise ZeroDivisionError
    assert within[0] is not before[0]
    assert (WeightsEnum.get_state_dict, nn.Module.load_state_dict) == before


def test_without_pretrained_networks_are_random_and_no_file_is_read(mine):
    (mine / FILE).write_bytes(b"not to be read")
    with local_weights(pretrained=False):
        one, two = (torchvision.models.resnet18(weights=DEFAULT) for _ in range(2))
        assert not torch.equal(one.conv1.weight, two.conv1.weight)
        two.load_state_dict(one.state_dict())  # a state that is given is loaded all the same
    assert torch.equal(one.conv1.weight, two.conv1.weight)


@pytest.mark.parametrize(
    "name",
    ["densenet121", "googlenet", "efficientnet_b0", "fasterrcnn_mobilenet_v3_large_320_fpn"],
)
def test_without_pretrained_any_network_is_built(bare_machine, name):
    with local_weights(pretrained=False):
        network = torchvision.models.get_model(name, weights="DEFAULT")
    assert sum(value.numel() for value in network.parameters()) > 1_000_000


def test_a_detector_and_its_backbone_ask_the_context(mine):
    with local_weights(), pytest.raises(WeightsError, match="put fasterrcnn_mobilenet_v3_large"):
        torchvision.models.get_model("fasterrcnn_mobilenet_v3_large_320_fpn", weights="DEFAULT")
    with local_weights(), pytest.raises(WeightsError, match="put mobilenet_v3_large-8738ca79"):
        torchvision.models.get_model("fasterrcnn_mobilenet_v3_large_320_fpn")


def test_pickled_code_is_not_run(mine):
    marker = mine / "ran"

    class Bomb:
        def __reduce__(self):
            return (Path.touch, (marker,))

    torch.save({"conv1.weight": Bomb()}, mine / FILE)
    with local_weights(), pytest.raises(WeightsError, match=f"{FILE}.*weights_only"):
        torchvision.models.resnet18(weights=DEFAULT)
    assert not marker.exists()


def test_a_damaged_file_is_named(mine):
    (mine / FILE).write_bytes(b"damaged")
    with local_weights(), pytest.raises(WeightsError, match=f"{FILE} is damaged"):
        torchvision.models.resnet18(weights=DEFAULT)


def test_a_published_file_is_fetched_into_torchs_cache(hub, published, state):
    with local_weights():
        network = torchvision.models.resnet18(weights=DEFAULT)
    assert torch.equal(network.conv1.weight, state["conv1.weight"])
    assert find(torchvision_weights("resnet18", published)).name == published
    assert hub.fetched() == [f"/{published}"]


def test_a_name_that_is_not_the_published_one_is_looked_up(hub, published):
    weights = torchvision_weights("resnet18", "resnet18.pth")
    assert find(weights) is None
    assert resolve(weights).name == published
    assert find(weights) == resolve(weights)


def test_the_sum_in_a_files_name_is_verified(hub, published):
    hub.put(published, b"something else")
    with pytest.raises(WeightsError, match="gives a file with sha256"):
        resolve(torchvision_weights("resnet18", published))
    assert find(torchvision_weights("resnet18", published)) is None
