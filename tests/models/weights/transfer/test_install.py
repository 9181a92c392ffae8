"""What is installed on another machine, and what must not get through."""

import json
import os

import pytest

from iadbe.errors import WeightsError
from iadbe.models.weights import PACKAGED_BACKBONE, find, hub_weights, resolve, url_file
from iadbe.models.weights.places import installed_folder
from iadbe.models.weights.transfer.install import install
from iadbe.models.weights.transfer.manifest import read
from iadbe.models.weights.transfer.needs import Need
from iadbe.models.weights.transfer.pack import pack

HUB = hub_weights("acme/net", "model.safetensors", "MIT")


def _silent(_line):
    pass


@pytest.fixture
def refused(isolated):
    """refused("words"): what `install` says, in one line; nothing is installed."""

    def check(words):
        with pytest.raises(WeightsError, match=words) as raised:
            install(isolated, _silent)
        assert "\n" not in str(raised.value)
        folder = installed_folder()
        assert not folder.exists() or list(folder.iterdir()) == []

    return check


def test_what_is_packed_and_installed_is_found_offline(packed, isolated):
    folder, needed = packed
    hub, backbone, default, archive = needed
    assert find(hub) is None
    assert install(folder, _silent) == installed_folder()
    assert resolve(hub).read_bytes() == b"from the hub"
    assert resolve(backbone).name == "resnet50.pth"
    assert resolve(archive).read_bytes() == b"from an address"
    assert resolve(default).parent == installed_folder()


def test_an_installed_default_backbone_can_be_loaded(packed, isolated):
    import timm

    from iadbe.models.weights import local_weights

    install(isolated, _silent)
    with local_weights():
        assert timm.create_model(PACKAGED_BACKBONE, pretrained=True) is not None


def test_installing_keeps_what_was_there(hub, isolated, monkeypatch, tmp_path):
    install(isolated, _silent)
    monkeypatch.delenv("IADBE_OFFLINE")
    other = url_file(hub.put("other.zip", b"other"))
    pack([Need("three", (other, HUB))], tmp_path / "second", _silent)
    install(tmp_path / "second", _silent)
    names = [entry.file for entry in read(installed_folder()).files]
    assert sorted(names) == sorted(set(names))
    assert {"images.zip", "other.zip", "acme--net--model.safetensors"} <= set(names)
    assert "images.zip" in (installed_folder() / "LICENCES.md").read_text()


def test_a_changed_file(isolated, refused):
    (isolated / "images.zip").write_bytes(b"from another address")
    refused(r"images\.zip is changed or damaged")


def test_a_missing_file(isolated, refused):
    (isolated / "images.zip").unlink()
    refused(r"images\.zip is missing")


def test_a_file_that_is_not_named(isolated, refused):
    (isolated / "more.pth").touch()
    refused(r"more\.pth is not in the manifest\.json")


def test_a_folder_within(isolated, refused):
    (isolated / "images.zip").unlink()
    (isolated / "images.zip").mkdir()
    refused(r"images\.zip is not a plain file")


def test_a_link(isolated, refused, tmp_path):
    (isolated / "images.zip").rename(tmp_path / "elsewhere")
    (isolated / "images.zip").symlink_to(tmp_path / "elsewhere")
    refused(r"images\.zip is not a plain file")


def test_a_pipe(isolated, refused):
    (isolated / "images.zip").unlink()
    os.mkfifo(isolated / "images.zip")
    refused(r"images\.zip is not a plain file")


@pytest.mark.parametrize(
    "name",
    ["../escaped.pth", "/tmp/escaped.pth", "a/b.pth", ".hidden", "..", "", "a\\b", "manifest.json"],
)
def test_a_manifest_that_names_another_place(isolated, refused, name):
    _change(isolated, file=name)
    refused(r"manifest\.json is not as it was packed: files\.0\.file")
    assert not (isolated.parent / "escaped.pth").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sha256": "0" * 64}, "is changed or damaged"),
        ({"sha256": "abc"}, "sha256"),
        ({"extra": 1}, "Extra inputs"),
        ({"file": "images.zip"}, r"images\.zip twice"),
    ],
)
def test_a_manifest_that_was_changed(isolated, refused, change, words):
    _change(isolated, **change)
    refused(words)


@pytest.mark.parametrize("content", ["", "[]", '{"format": 2, "files": []}', "<html>"])
def test_a_manifest_that_is_none(isolated, refused, content):
    (isolated / "manifest.json").write_text(content)
    refused("manifest.json is not as it was packed")


def test_a_folder_that_was_not_packed(refused, isolated):
    (isolated / "manifest.json").unlink()
    refused("holds no manifest.json")
    with pytest.raises(WeightsError, match="holds no manifest"):
        install(isolated / "nowhere", _silent)


def test_an_installed_folder_that_cannot_be_made(isolated, monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    with pytest.raises(WeightsError, match="cannot install"):
        install(isolated, _silent)


def _change(folder, **entry):
    content = json.loads((folder / "manifest.json").read_text())
    content["files"][0] |= entry
    (folder / "manifest.json").write_text(json.dumps(content))
