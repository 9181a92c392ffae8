"""What a packed folder holds, and what is not packed."""

import hashlib

import pytest

from iadbe.errors import WeightsError
from iadbe.models.weights import PACKAGED_BACKBONE, Weights, hub_weights, url_file
from iadbe.models.weights.transfer.manifest import read
from iadbe.models.weights.transfer.needs import Need
from iadbe.models.weights.transfer.pack import pack

HUB = hub_weights("acme/net", "model.safetensors", "MIT")


def _silent(_line):
    pass


def test_a_packed_folder_says_what_it_holds(packed):
    folder, _ = packed
    files = {entry.file: entry for entry in read(folder).files}
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [*files, "LICENCES.md", "manifest.json"]
    )
    for name, entry in files.items():
        assert entry.sha256 == hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert entry.size == (folder / name).stat().st_size
    assert files["acme--net--model.safetensors"].licence == "MIT"
    assert files["resnet50.pth"].licence == "apache-2.0"
    assert files["resnet50.pth"].origin.startswith("model.safetensors of timm/resnet50.a1_in1k")
    assert files[f"{PACKAGED_BACKBONE}.pth"].licence is None
    licences = (folder / "LICENCES.md").read_text()
    assert "| hub/acme/net/model.safetensors | acme--net--model.safetensors | MIT |" in licences
    assert licences.count("not stated") == 2


def test_all_that_is_missing_is_told_and_nothing_is_packed(hub, tmp_path):
    hub.publish("acme/net", "model.safetensors", b"from the hub")
    absent = [hub_weights("acme/net", "b.bin"), url_file(f"{hub.address}/c.zip")]
    needs = [Need("one", (HUB, *absent)), Need("broken", problem="no such plugin")]
    with pytest.raises(WeightsError) as raised:
        pack(needs, tmp_path / "parcel", _silent)
    lines = str(raised.value).splitlines()
    assert len(lines) == 4
    for words in ("broken: no such plugin", "acme--net--b.bin", "c.zip", "Nothing was packed"):
        assert any(words in line for line in lines)
    assert not (tmp_path / "parcel").exists()


def test_a_folder_with_content_is_left_alone(bare_machine, tmp_path):
    (tmp_path / "parcel").mkdir()
    pack([], tmp_path / "parcel", _silent)  # an empty one is fine
    with pytest.raises(WeightsError, match="is not empty"):
        pack([], tmp_path / "parcel", _silent)


def test_one_file_name_for_two_contents(hub, tmp_path):
    one, two = (url_file(hub.put(f"{name}/a.zip", name.encode())) for name in ("one", "two"))
    with pytest.raises(WeightsError, match=r"both want the file name a\.zip"):
        pack([Need("m", (one, two))], tmp_path / "parcel", _silent)
    assert [path for path in tmp_path.iterdir() if "pack" in path.name] == []


def test_a_plugin_that_names_another_place(bare_machine, tmp_path):
    (tmp_path / "own").touch()
    weights = Weights("local/own", "../own", "local", str(tmp_path / "own"))
    with pytest.raises(WeightsError, match="not a plain file name"):
        pack([Need("m", (weights,))], tmp_path / "parcel", _silent)
