"""Weights that Anomalib downloads by itself: found on this machine, or named before training."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from iadbe.errors import ConfigError, WeightsError
from iadbe.models.anomalib import AnomalibModel, AnomalibParams
from iadbe.samples import Samples

pytestmark = pytest.mark.slow  # imports Anomalib


@pytest.fixture
def weights_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder of weights on a machine without caches and network."""
    from huggingface_hub import constants

    folder = tmp_path / "weights"
    folder.mkdir()
    monkeypatch.setenv("IADBE_WEIGHTS", str(folder))
    monkeypatch.setenv("IADBE_OFFLINE", "1")
    monkeypatch.delenv("TORCH_HOME", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return folder


def _zip(archive: Path, name: str, state: dict[str, torch.Tensor], scratch: Path) -> None:
    torch.save(state, scratch / "state")
    with zipfile.ZipFile(archive, "w") as content:
        content.write(scratch / "state", f"folder/{name}")


def _built(params: AnomalibParams, size: int) -> Any:
    from iadbe.models.anomalib.build import build

    return build(params, size, pretrained=True)


def test_the_teacher_of_efficient_ad_comes_from_its_archive(
    weights_folder: Path, tmp_path: Path
) -> None:
    from anomalib.models.image.efficient_ad.torch_model import SmallPatchDescriptionNetwork

    from iadbe.models.anomalib.published import before_training

    published = SmallPatchDescriptionNetwork(384).state_dict()
    archive = weights_folder / "efficientad_pretrained_weights.zip"
    _zip(archive, "pretrained_teacher_small.pth", published, tmp_path)
    params = AnomalibParams(name="EfficientAd", max_steps=1, batch_size=1)
    module = _built(params, 256)
    before_training(module, params)
    module.prepare_pretrained_model()
    teacher = module.model.teacher.state_dict()
    assert all(torch.equal(teacher[name], tensor) for name, tensor in published.items())


def test_the_codebook_of_dsr_comes_from_its_archive(weights_folder: Path, tmp_path: Path) -> None:
    from anomalib.models.image.dsr.torch_model import DsrModel

    from iadbe.models.anomalib.published import before_training

    published = DsrModel().discrete_latent_model.state_dict()
    archive = weights_folder / "dsr_vq_model_pretrained.zip"
    _zip(archive, "vq_model_pretrained_128_4096.pckl", published, tmp_path)
    params = AnomalibParams(name="Dsr", epochs=2)
    module = _built(params, 64)
    before_training(module, params)
    module.on_train_start()
    latent = module.model.discrete_latent_model.state_dict()
    assert all(torch.equal(latent[name], tensor) for name, tensor in published.items())


def test_random_networks_stay_as_they_were_built(weights_folder: Path) -> None:
    from iadbe.models.anomalib.published import before_training

    for name, settings, size in (
        ("EfficientAd", {"max_steps": 1}, 256),
        ("Dsr", {"epochs": 2}, 64),
    ):
        params = AnomalibParams(name=name, weights="random", batch_size=1, **settings)
        module = _built(params, size)
        before = {key: value.clone() for key, value in module.state_dict().items()}
        before_training(module, params)
        module.prepare_pretrained_model()
        assert all(torch.equal(value, before[key]) for key, value in module.state_dict().items())
    assert list(weights_folder.parent.rglob("*")) == [weights_folder]


def test_what_is_replaced_while_building_is_put_back() -> None:
    from anomalib.models.image.anomalyvfm import torch_model

    from iadbe.models.anomalib.published import while_building

    before = torch_model.hf_hub_download, torch_model.load_file, vars(torch_model.AnomalyVFMModel)
    names = set(before[2])
    with while_building(AnomalibParams(name="AnomalyVFM"), pretrained=False):
        assert torch_model.hf_hub_download is not before[0]
    after = torch_model.hf_hub_download, torch_model.load_file
    assert after == before[:2]
    assert set(vars(torch_model.AnomalyVFMModel)) == names


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Padim", "resnet18.safetensors"),
        ("Cfa", "wide_resnet50_2-9ba9bcbe.pth"),
        ("Csflow", "efficientnet_b5_lukemelas-1a07897c.pth"),
        ("Uflow", "cait_m48_448.safetensors"),
        ("Draem", "dtd-r1.0.1.tar.gz"),
        ("Dsr", "dsr_vq_model_pretrained.zip"),
        ("EfficientAd", "efficientad_pretrained_weights.zip"),
        ("AnomalyDINO", "vit_small_patch14_dinov2.safetensors"),
        ("AnomalyVFM", "MaticFuc--anomalyvfm_radio--model.safetensors"),
        ("Dinomaly", "vit_base_patch14_reg4_dinov2.safetensors"),
        ("FoundAD", "vit_base_patch14_dinov2.lvd142m.safetensors"),
        ("GeneralAD", "vit_large_patch14_dinov2.lvd142m.safetensors"),
        ("Glass", "wide_resnet50_2.safetensors"),
        ("InpFormer", "vit_base_patch14_reg4_dinov2.safetensors"),
        ("L2BT", "vit_base_patch14_reg4_dinov2.safetensors"),
        ("MHPatchcore", "wide_resnet50_2.tv2_in1k.safetensors"),
        ("Patchflow", "tf_efficientnet_b5.safetensors"),
        ("Rad", "vit_base_patch16_dinov3.safetensors"),
        ("SuperADD", "vit_huge_plus_patch16_dinov3.safetensors"),
        ("Supersimplenet", "wide_resnet50_2.tv_in1k.safetensors"),
        ("UniNet", "wide_resnet50_2-9ba9bcbe.pth"),
    ],
)
def test_missing_weights_are_named_in_one_line_before_training(
    weights_folder: Path, train_samples: Samples, name: str, file: str
) -> None:
    model = AnomalibModel(AnomalibParams(name=name, epochs=1, batch_size=1), "cpu")
    with pytest.raises(WeightsError) as raised:
        model.fit(train_samples, seed=0)
    assert f"put {file} " in str(raised.value)
    assert str(weights_folder) in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "args", "why"),
    [
        ("CFM", {}, "needs point clouds"),
        ("VlmAd", {}, "asks a language model"),
        ("WinClip", {}, "pip install"),
        ("Dfm", {"score_type": "nll"}, "fails in Anomalib"),
        ("EfficientAd", {}, "set params.batch_size: 1"),
        ("Supersimplenet", {"supervised": True}, "no labels"),
    ],
)
def test_what_cannot_run_here_is_refused_in_one_line(
    train_samples: Samples,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    args: dict[str, Any],
    why: str,
) -> None:
    import importlib.util

    _without(monkeypatch, importlib.util, "open_clip")
    model = AnomalibModel(AnomalibParams(name=name, args=args), "cpu")
    with pytest.raises(ConfigError, match=f"^{name} .*{why}") as raised:
        model.fit(train_samples, seed=0)
    assert "\n" not in str(raised.value)


def _without(monkeypatch: pytest.MonkeyPatch, library: Any, package: str) -> None:
    """As on a machine where a package is not installed."""
    found: Callable[..., Any] = library.find_spec
    monkeypatch.setattr(
        library, "find_spec", lambda name, *rest: None if name == package else found(name, *rest)
    )
