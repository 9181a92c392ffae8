"""`iadbe weights`, on a connected machine and on an isolated one."""

import re

import pytest

from hub_stand_in import StandIn, serve
from project import PLUGINS, ROOT, new_project

PLUGIN = """
import sys
from pydantic import BaseModel, ConfigDict
from iadbe.models.weights import Weights, hub_weights, url_file

class Model:
    api_version = 1
    supervision = "unsupervised"
    localizes = False
    class Params(BaseModel):
        model_config = ConfigDict(extra="forbid")
        address: str
        also: str | None = None
    def __init__(self, params, device): ...
    def fit(self, samples, seed): ...
    def predict(self, samples): ...
    def save(self, folder): ...
    @classmethod
    def load(cls, folder, device): ...
    @classmethod
    def weights(cls, params):
        if params.address == "fails":
            raise RuntimeError("of a stranger")
        assert not {"torch", "timm", "torchvision"} & set(sys.modules)
        more = [url_file(params.also, megabytes=7)] if params.also else []
        return [hub_weights("acme/net", "model.safetensors", "MIT"), *more]
"""


@pytest.fixture
def hub():
    stand_in = StandIn()
    server = serve(stand_in)
    yield stand_in
    server.shutdown()
    server.server_close()


@pytest.fixture
def plugin(environment, monkeypatch, tmp_path):
    """A plugin `weighty` that reads files which others publish."""
    site = tmp_path / "site"
    info = site / "acme_weighty-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "acme_weighty.py").write_text(PLUGIN)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-weighty\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[iadbe.models]\nweighty = acme_weighty:Model\n")
    monkeypatch.setenv("PYTHONPATH", f"{PLUGINS}:{site}")


@pytest.fixture
def machine(hub, environment, monkeypatch, tmp_path):
    """machine("name"): the commands run as on another machine, with homes of its own."""

    def use(name, *, offline=False):
        home = tmp_path / name
        for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "HF_HOME", "TORCH_HOME"):
            monkeypatch.setenv(variable, str(home / variable))
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        monkeypatch.setenv("IADBE_OFFLINE", "1" if offline else "")
        monkeypatch.delenv("IADBE_WEIGHTS", raising=False)
        monkeypatch.setenv("COLUMNS", "200")

    use("connected")
    return use


@pytest.fixture
def folder(hub, plugin, machine, tmp_path):
    """A project with models that read one file, two, none, and some that cannot be loaded."""
    also = hub.put("images.zip", b"images")
    hub.publish("acme/net", "model.safetensors", b"tensors" * 1000)
    params = {"plugin": "weighty", "address": "x"}
    project = new_project(
        tmp_path / "project",
        light={},
        heavy=params | {"also": also},
        broken={"plugin": "broken_import"},
        failing=params | {"address": "fails"},
        misspelt=params | {"als": "x"},
    )
    project.configure(models=["heavy"], env="own")
    return project.folder


def test_list_pack_install_list(shell, machine, folder, hub, tmp_path):
    shown = shell("iadbe", "weights", "list", folder=folder)
    assert re.search(r"light +none", shown)
    assert re.search(r"heavy +hub/acme/net/model\.safetensors +missing +MIT", shown)
    assert re.search(r"heavy +url/images\.zip +missing +7 +not stated", shown)
    assert "2 of 2 files are missing" in shown
    for model, words in {
        "broken": "a_library_that_is_not_installed",
        "failing": "RuntimeError: of a stranger",
        "misspelt": "als: no such parameter",
    }.items():
        assert re.search(rf"{model} +cannot be told", shown)
        assert re.search(rf"^{model}: .*{words}", shown, re.MULTILINE)
    assert hub.asked == []

    packed = shell(
        "iadbe", "weights", "pack", str(tmp_path / "parcel"), "--env", "own", folder=folder
    )
    assert "url/images.zip: fetching it" in packed
    assert "2 files" in packed

    machine("isolated", offline=True)
    assert "2 of 2 files are missing" in shell("iadbe", "weights", "list", folder=folder)
    installed = shell("iadbe", "weights", "install", str(tmp_path / "parcel"), folder=folder)
    assert str(tmp_path / "isolated" / "XDG_DATA_HOME" / "iadbe" / "weights") in installed
    shown = shell("iadbe", "weights", "list", folder=folder)
    assert re.search(r"heavy +hub/acme/net/model\.safetensors +installed +0 +MIT", shown)
    assert "All of 2 files are here." in shown


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (["--models", "heavi"], ["--models heavi: no such model", "did you mean 'heavy'"]),
        (["--models", "broken"], ["broken: ", "Nothing was packed"]),
        (["--models", "all"], ["broken: ", "failing: ", "misspelt: ", "Nothing was packed"]),
        (["--env", "nowhere"], ["There is no environment 'nowhere'"]),
    ],
)
def test_what_cannot_be_packed_is_told(shell, folder, tmp_path, words, lines):
    parcel = tmp_path / "parcel"
    shown = shell("iadbe", "weights", "pack", str(parcel), *words, code=1, folder=folder)
    for line in lines:
        assert line in shown
    assert not parcel.exists()


def test_a_hub_out_of_reach_is_one_line(shell, machine, folder, tmp_path):
    machine("isolated", offline=True)
    shown = shell(
        "iadbe", "weights", "pack", str(tmp_path / "p"), "--models", "heavy", code=1, folder=folder
    )
    errors = [line for line in shown.splitlines() if "IADBE_OFFLINE forbids the network" in line]
    assert len(errors) == 2
    assert "put acme--net--model.safetensors" in errors[0]


def test_a_tampered_folder_is_refused_in_one_line(shell, machine, folder, tmp_path):
    parcel = tmp_path / "parcel"
    shell("iadbe", "weights", "pack", str(parcel), "--models", "heavy", folder=folder)
    (parcel / "images.zip").write_bytes(b"other")
    machine("isolated", offline=True)
    shown = shell("iadbe", "weights", "install", str(parcel), code=1, folder=folder)
    *verified, last = shown.strip().splitlines()
    assert all(line.endswith(": verified") for line in verified)
    assert re.match(r"Error: \S+images\.zip is changed or damaged", last)
    assert not (tmp_path / "isolated/XDG_DATA_HOME/iadbe/weights/images.zip").exists()


@pytest.mark.slow
def test_list_of_the_demo_tells_of_every_model_that_is_configured(shell, machine):
    shown = shell("iadbe", "weights", "list", folder=ROOT)
    assert re.search(r"padim +timm/resnet18 +missing +apache-2\.0", shown)
    assert re.search(r"padim_lite0 +timm/tf_efficientnet_lite0 +package +\d\d", shown)
    assert "cannot be told" not in shown
