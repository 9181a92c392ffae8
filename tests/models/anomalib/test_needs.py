from typing import Any

import pytest

from iadbe.models.anomalib import AnomalibModel, AnomalibParams, needs, signatures


def _names(name: str, **settings: Any) -> list[str]:
    return [item.name for item in needs.weights(AnomalibParams(name=name, **settings))]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Padim", ["timm/resnet18"]),
        ("Ganomaly", []),
        ("Cfa", ["torchvision/wide_resnet50_2"]),
        ("Csflow", ["torchvision/efficientnet_b5"]),
        ("UniNet", ["torchvision/wide_resnet50_2"]),
        ("Uflow", ["timm/cait_m48_448", "timm/cait_s24_224"]),
        ("L2BT", ["timm/vit_base_patch14_reg4_dinov2"]),
        ("FoundAD", ["timm/vit_base_patch14_dinov2.lvd142m"]),
        ("Draem", ["url/dtd-r1.0.1.tar.gz"]),
        ("Glass", ["timm/wide_resnet50_2", "url/dtd-r1.0.1.tar.gz"]),
        ("Dsr", ["url/dsr_vq_model_pretrained.zip"]),
        ("EfficientAd", ["url/efficientad_pretrained_weights.zip", "url/imagenette2.tgz"]),
        ("AnomalyVFM", ["hub/MaticFuc/anomalyvfm_radio/model.safetensors"]),
    ],
)
def test_says_what_a_model_reads(name: str, expected: list[str]) -> None:
    assert _names(name) == expected


def test_random_weights_read_nothing_and_are_named() -> None:
    params = AnomalibParams(name="Glass", weights="random")
    assert needs.weights(params) == []
    assert AnomalibModel.stand_ins(params) == ["timm/wide_resnet50_2", "url/dtd-r1.0.1.tar.gz"]


def test_an_untrained_backbone_is_a_stand_in_too() -> None:
    params = AnomalibParams(name="Padim", args={"pre_trained": False})
    assert (needs.weights(params), needs.stand_ins(params)) == ([], ["timm/resnet18"])


def test_pretrained_weights_have_no_stand_ins() -> None:
    assert needs.stand_ins(AnomalibParams(name="Padim")) == []


def test_a_model_without_pretrained_networks_has_no_stand_ins() -> None:
    assert needs.stand_ins(AnomalibParams(name="Ganomaly", weights="random")) == []


def test_a_folder_of_the_users_replaces_the_archive() -> None:
    assert _names("Draem", args={"dtd_dir": "textures"}) == []


def test_glass_does_without_textures_where_it_is_told_so() -> None:
    assert _names("Glass", args={"anomaly_source_path": None}) == ["timm/wide_resnet50_2"]


def test_says_so_for_every_model_that_anomalib_has() -> None:
    for name in signatures.model_names():
        assert isinstance(_names(name), list)


@pytest.mark.slow
@pytest.mark.parametrize("network", ["resnet18", "wide_resnet50_2", "vgg19_bn", "efficientnet_b5"])
def test_the_files_are_those_that_torchvision_names(network: str) -> None:
    from torchvision.models import get_model_weights

    name = "Csflow" if network == "efficientnet_b5" else "Cfa"
    args = {} if name == "Csflow" else {"backbone": network}
    (weights,) = needs.weights(AnomalibParams(name=name, args=args))
    assert get_model_weights(network).DEFAULT.url.endswith(f"/{weights.file}")


@pytest.mark.slow
def test_the_addresses_are_those_that_anomalib_names() -> None:
    from anomalib.models.image.draem import lightning_model as draem
    from anomalib.models.image.dsr import lightning_model as dsr
    from anomalib.models.image.efficient_ad import lightning_model as efficient_ad
    from anomalib.models.image.foundad.components.encoder_loader import TIMM_MODEL_NAMES

    theirs = {
        needs.DTD: draem.DTD_DOWNLOAD_INFO,
        needs.IMAGENETTE: efficient_ad.IMAGENETTE_DOWNLOAD_INFO,
        needs.EFFICIENT_AD_TEACHERS: efficient_ad.WEIGHTS_DOWNLOAD_INFO,
        needs.DSR_CODEBOOK: dsr.WEIGHTS_DOWNLOAD_INFO,
    }
    for ours, info in theirs.items():
        assert (ours.origin, ours.sha256) == (info.url, info.hashsum)
    for encoder, backbone in TIMM_MODEL_NAMES.items():
        (weights,) = needs.weights(AnomalibParams(name="FoundAD", args={"encoder_name": encoder}))
        assert weights.origin == backbone
