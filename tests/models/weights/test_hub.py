"""Files of a hub that is there, refuses, lies or breaks off."""

import pytest

from hub_stand_in import PAGE
from iadbe.errors import WeightsError
from iadbe.models.weights import find, hub_weights, resolve, timm_weights

WEIGHTS = hub_weights("acme/net", "model.safetensors")


@pytest.fixture
def refused(hub):
    """refused("words"): what `resolve` says, in one line; nothing is found afterwards."""

    def check(words, weights=WEIGHTS):
        with pytest.raises(WeightsError, match=words) as raised:
            resolve(weights)
        message = str(raised.value)
        assert "\n" not in message
        assert f"put {weights.file}" in message
        assert find(weights) is None

    return check


def test_a_file_is_downloaded_once(hub):
    hub.publish("acme/net", "model.safetensors", b"tensors")
    assert resolve(WEIGHTS).read_bytes() == b"tensors"
    assert find(WEIGHTS) == resolve(WEIGHTS)
    assert hub.fetched() == ["/acme/net/resolve/main/model.safetensors"]


def test_a_download_that_breaks_off_is_taken_up_again(hub):
    content = bytes(range(256)) * 4000
    hub.publish("acme/net", "model.safetensors", content, sends=300_000, breaks=1)
    assert resolve(WEIGHTS).read_bytes() == content


@pytest.mark.slow
def test_a_download_that_always_breaks_off_is_given_up(hub, refused):
    hub.publish("acme/net", "model.safetensors", b"x" * 1000, sends=0)
    refused("broke off")


def test_a_file_of_another_sum_is_thrown_away(hub, refused):
    hub.publish("acme/net", "model.safetensors", b"tensors", etag="0" * 64)
    refused(f"sha256 [0-9a-f]{{64}}, not {'0' * 64}")
    refused("sha256")


def test_a_hub_without_the_file(hub, refused):
    refused(r"acme/net on the hub has no model\.safetensors")


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (404, "RepoNotFound", "the hub has no acme/net"),
        (401, "RepoNotFound", "the hub has no acme/net"),
        (403, "GatedRepo", "accept the terms of acme/net.*hf auth login"),
        pytest.param(500, "", "does not give acme/net", marks=pytest.mark.slow),  # asked 5 times
    ],
)
def test_a_hub_that_refuses(hub, refused, status, error, words):
    hub.publish("acme/net", "model.safetensors", b"no", status=status, error=error)
    refused(words)


def test_a_guest_network_that_answers_with_a_page(hub, refused, monkeypatch):
    from huggingface_hub import constants

    hub.put("portal/acme/net/model.safetensors", PAGE, kind="text/html")
    # No X-Repo-Commit: whoever answers is not a hub.
    monkeypatch.setattr(constants, "HUGGINGFACE_HEADER_X_REPO_COMMIT", "X-Nothing")
    hub.publish("acme/net", "model.safetensors", PAGE, kind="text/html")
    refused("does not give acme/net")


def test_an_unreachable_hub(bare_machine):
    with pytest.raises(WeightsError, match=r"127\.0\.0\.1:9 does not answer") as raised:
        resolve(WEIGHTS)
    assert "model.safetensors of acme/net on the Hugging Face hub" in str(raised.value)


def test_a_backbone_comes_from_the_repository_that_timm_names(hub):
    hub.publish("timm/resnet18.a1_in1k", "model.safetensors", b"safe")
    hub.publish("timm/resnet50.a1_in1k", "pytorch_model.bin", b"older")
    assert resolve(timm_weights("resnet18")).read_bytes() == b"safe"
    assert resolve(timm_weights("resnet50")).read_bytes() == b"older"
    assert find(timm_weights("resnet50")).name == "pytorch_model.bin"
