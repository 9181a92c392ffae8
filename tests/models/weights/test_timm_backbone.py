import shutil
from pathlib import Path

import pytest

from iadbe.errors import WeightsError
from iadbe.models.weights import (
    FOLDER_VARIABLE,
    OFFLINE_VARIABLE,
    PACKAGED_BACKBONE,
    local_weights,
    normalization,
    weights_file,
)

pytestmark = pytest.mark.usefixtures("bare_machine")


def test_the_default_backbone_needs_no_network() -> None:
    file = weights_file(PACKAGED_BACKBONE)
    assert file.is_file()
    assert file.stat().st_size > 10_000_000


def test_packaged_weights_reach_every_pretrained_model() -> None:
    import timm
    import torch

    file = weights_file(PACKAGED_BACKBONE)
    tensors = list(torch.load(file, map_location="cpu", weights_only=True).values())
    original = timm.create_model
    with local_weights():
        model = timm.create_model(PACKAGED_BACKBONE, pretrained=True)
        features = timm.create_model(PACKAGED_BACKBONE, pretrained=True, features_only=True)
    assert timm.create_model is original
    assert all(map(torch.equal, model.state_dict().values(), tensors))
    assert torch.equal(features.conv_stem.weight, tensors[0])


def test_the_users_folder_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import timm
    import torch
    from safetensors.torch import save_file

    state = timm.create_model("resnet18").state_dict()
    save_file(state, tmp_path / "resnet18.safetensors")
    torch.save(state, tmp_path / f"{PACKAGED_BACKBONE}.pth")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert weights_file(PACKAGED_BACKBONE) == tmp_path / f"{PACKAGED_BACKBONE}.pth"
    with local_weights():
        model = timm.create_model("resnet18", pretrained=True)
    assert all(torch.equal(value, state[name]) for name, value in model.state_dict().items())


def test_a_copy_of_the_packaged_file_is_known_by_its_tensors(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import timm
    import torch

    packaged = weights_file(PACKAGED_BACKBONE)
    shutil.copy(packaged, tmp_path / f"{PACKAGED_BACKBONE}.pth")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert weights_file(PACKAGED_BACKBONE).parent == tmp_path
    with local_weights():
        model = timm.create_model(PACKAGED_BACKBONE, pretrained=True)
        torch.save(model.state_dict(), tmp_path / f"{PACKAGED_BACKBONE}.pth")  # timm's names
        again = timm.create_model(PACKAGED_BACKBONE, pretrained=True)
    tensors = list(torch.load(packaged, map_location="cpu", weights_only=True).values())
    for built in (model, again):
        assert all(map(torch.equal, built.state_dict().values(), tensors))


def test_a_model_with_a_loader_of_its_own_reads_timms_format(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import timm
    import torch
    from safetensors.torch import save_file

    name = "flexivit_small.300ep_in1k"
    assert timm.get_pretrained_cfg(name).custom_load
    state = timm.create_model(name).state_dict()
    save_file(state, tmp_path / f"{name}.safetensors")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    with local_weights():
        model = timm.create_model(name, pretrained=True)
    assert all(torch.equal(value, state[key]) for key, value in model.state_dict().items())


def test_offline_holds_also_for_who_asks_the_hub_himself(monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    with local_weights():
        assert not constants.is_offline_mode()
    monkeypatch.setenv(OFFLINE_VARIABLE, "1")
    with local_weights():
        assert constants.is_offline_mode()
    assert not constants.is_offline_mode()


def test_the_hub_cache_is_used(tmp_path: Path) -> None:
    repository = tmp_path / "hub" / "models--timm--resnet18.a1_in1k"
    snapshot = repository / "snapshots" / "0123"
    snapshot.mkdir(parents=True)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text("0123")
    (snapshot / "model.safetensors").write_bytes(b"")
    assert weights_file("resnet18") == snapshot / "model.safetensors"


def test_pickled_code_is_not_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import timm
    import torch

    marker = tmp_path / "ran"

    class Bomb:
        def __reduce__(self) -> tuple[object, tuple[Path]]:
            return (Path.touch, (marker,))

    torch.save({"conv1.weight": Bomb()}, tmp_path / "resnet18.pth")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    with local_weights(), pytest.raises(Exception, match="weights_only"):
        timm.create_model("resnet18", pretrained=True)
    assert not marker.exists()


def test_says_which_file_to_put_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"resnet18\.safetensors.*timm/resnet18\.a1_in1k"):
        weights_file("resnet18")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    with pytest.raises(WeightsError, match=str(tmp_path)):
        weights_file("resnet18")


def test_an_unreachable_hub_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub
    from huggingface_hub import constants

    asked: list[str] = []
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr(
        huggingface_hub, "hf_hub_download", lambda *a, **k: asked.append("download")
    )
    with pytest.raises(WeightsError):
        weights_file("resnet18")
    assert asked == []


def test_suggests_the_backbone_meant() -> None:
    with pytest.raises(WeightsError, match=r"did you mean.*resnet18"):
        weights_file("resnt18")


def test_without_pretrained_no_file_is_read() -> None:
    import timm

    with local_weights(pretrained=False):
        assert timm.create_model("resnet18", pretrained=True) is not None


def test_normalization_is_the_backbones() -> None:
    assert normalization(PACKAGED_BACKBONE) == ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))
    assert normalization("resnet18")[0] == (0.485, 0.456, 0.406)
