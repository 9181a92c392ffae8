"""Datasets of a hub that is there, refuses, or is out of reach."""

import json
import logging

import pytest

from iadbe.errors import ConfigError, DataError
from iadbe.models.weights import network
from iadbe.remote.hub import snapshot

from .dataset_hub import COMMIT, NEWER

PINNED = f"hf://datasets/acme/screws@{COMMIT}"


@pytest.fixture
def screws(hub):
    hub.files |= {"good/1.png": b"one", "bad/deep/2.png": b"two", "README.md": b"screws"}
    return hub


def test_a_pinned_repository_is_fetched_once_and_then_needs_no_network(screws) -> None:
    folder = snapshot(PINNED)
    assert (folder / "bad/deep/2.png").read_bytes() == b"two"
    assert (folder / "good/1.png").is_file()
    asked = len(screws.asked)
    screws.files.clear()
    assert snapshot(PINNED) == folder
    assert len(screws.asked) == asked


def test_a_folder_of_a_repository(screws) -> None:
    assert (snapshot(f"{PINNED}/bad") / "deep/2.png").is_file()
    with pytest.raises(DataError, match=r"the repository has no 'worse'. Correct it"):
        snapshot(f"{PINNED}/worse")


@pytest.mark.parametrize("address", ["hf://acme/screws", "hf://datasets/acme/screws@main"])
def test_what_is_not_pinned_is_resolved_once_recorded_and_said(
    screws, caches, address, caplog
) -> None:
    with caplog.at_level(logging.WARNING, logger="iadbe"):
        folder = snapshot(address)
    assert folder.name == COMMIT
    assert f"Write @{COMMIT} in the catalog" in caplog.text
    assert json.loads((caches / "hub_revisions.json").read_text()) == {"acme/screws@main": COMMIT}
    screws.newest = NEWER
    assert snapshot(address) == folder
    (caches / "hub_revisions.json").unlink()
    assert snapshot(address).name == NEWER


def test_a_download_that_breaks_off_goes_on(screws) -> None:
    screws.forbidden.add("good/1.png")
    with pytest.raises(DataError, match=r"broke off") as error:
        snapshot(PINNED)
    assert "\n" not in str(error.value)
    screws.forbidden.clear()
    assert (snapshot(PINNED) / "good/1.png").read_bytes() == b"one"


def test_no_such_repository_or_revision(screws) -> None:
    with pytest.raises(DataError, match=r"no such dataset on the hub") as error:
        snapshot(f"hf://datasets/acme/nails@{COMMIT}")
    assert "\n" not in str(error.value)
    with pytest.raises(DataError, match=r"no such revision. Correct what follows the @"):
        snapshot("hf://datasets/acme/screws@v9")


def test_out_of_reach(screws, monkeypatch) -> None:
    monkeypatch.setenv("IADBE_OFFLINE", "1")
    with pytest.raises(
        DataError, match=r"not in the Hugging Face cache of this machine, and IADBE"
    ):
        snapshot(PINNED)
    network._silent.clear()


@pytest.mark.parametrize("address", ["hf://", "hf://datasets/acme", "hf://datasets/acme/../x@1"])
def test_malformed(hub, address) -> None:
    with pytest.raises(ConfigError, match=r"write hf://datasets/<owner>/<name>@<revision>"):
        snapshot(address)
    assert hub.asked == []
