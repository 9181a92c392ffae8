"""What each Anomalib model reads that others made; told without importing anything heavy."""

from __future__ import annotations

from pathlib import Path

from iadbe.models.anomalib.params import AnomalibParams
from iadbe.models.weights import (
    Weights,
    hub_weights,
    timm_weights,
    torchvision_weights,
    url_file,
)

_TORCHVISION = {
    "resnet18": "resnet18-f37072fd.pth",
    "wide_resnet50_2": "wide_resnet50_2-9ba9bcbe.pth",
    "vgg19_bn": "vgg19_bn-c79401a0.pth",
    "efficientnet_b5": "efficientnet_b5_lukemelas-1a07897c.pth",
}
"""torchvision's default weights of the networks that Anomalib takes from it."""

_FOUNDAD = {
    "dinov2_vit_small_14": "vit_small_patch14_dinov2.lvd142m",
    "dinov2_vit_base_14": "vit_base_patch14_dinov2.lvd142m",
    "dinov2_vit_large_14": "vit_large_patch14_dinov2.lvd142m",
    "dinov3_vit_small_16": "vit_small_patch16_dinov3.lvd1689m",
    "dinov3_vit_base_16": "vit_base_patch16_dinov3.lvd1689m",
    "dinov3_vit_large_16": "vit_large_patch16_dinov3.lvd1689m",
}
"""FoundAD's names of timm's transformers."""

_UFLOW = {"mcait": ("cait_m48_448", "cait_s24_224")}
_LICENCES = {"dinov2": "Apache-2.0", "dinov3": "DINOv3 License"}
_RELEASES = "https://github.com/open-edge-platform/anomalib/releases/download"

DTD = url_file(
    "https://www.robots.ox.ac.uk/~vgg/data/dtd/download/dtd-r1.0.1.tar.gz",
    sha256="e42855a52a4950a3b59612834602aa253914755c95b0cff9ead6d07395f8e205",
    licence="research purposes",
    megabytes=600,
)
IMAGENETTE = url_file(
    "https://s3.amazonaws.com/fast-ai-imageclas/imagenette2.tgz",
    sha256="6cbfac238434d89fe99e651496f0812ebc7a10fa62bd42d6874042bf01de4efd",
    megabytes=1500,
)
EFFICIENT_AD_TEACHERS = url_file(
    f"{_RELEASES}/efficientad_pretrained_weights/efficientad_pretrained_weights.zip",
    sha256="c09aeaa2b33f244b3261a5efdaeae8f8284a949470a4c5a526c61275fe62684a",
)
DSR_CODEBOOK = url_file(
    f"{_RELEASES}/dsr_pretrained_weights/dsr_vq_model_pretrained.zip",
    sha256="52fe7504ec8e9df70b4382f287ab26269dcfe000cd7a7e146a52c6f146f34afb",
)
ANOMALY_VFM = hub_weights("MaticFuc/anomalyvfm_radio", "model.safetensors")
WINCLIP = hub_weights(
    "timm/vit_base_patch16_plus_clip_240.laion400m_e31", "open_clip_model.safetensors"
)

IMAGE_ARGUMENTS = {
    "Draem": "dtd_dir",
    "EfficientAd": "imagenet_dir",
    "Glass": "anomaly_source_path",
}
"""The constructor argument that names a folder of images of other things."""


def weights(params: AnomalibParams) -> list[Weights]:
    """What a model of these parameters reads; nothing if its weights are random.

    A folder of images that is named in `args` replaces the archive.
    """
    return [] if params.weights == "random" else _published(params)


def stand_ins(params: AnomalibParams) -> list[str]:
    """Names of what is published and replaced by random weights or drawn images."""
    published = {item.name for item in _published(params)}
    random = {item.name for item in _networks(params)} - published
    return sorted(published | random if params.weights == "random" else random)


def image_folder(params: AnomalibParams) -> Path | None:
    """The folder of images of other things that the user names, if any."""
    named = params.args.get(IMAGE_ARGUMENTS.get(params.name, ""))
    return None if named is None else Path(named).expanduser()


def image_archive(params: AnomalibParams) -> Weights | None:
    """The archive of images of other things that the model trains with, if any.

    GLASS draws Perlin noise instead if `args` say `anomaly_source_path: null`.
    """
    if params.name == "Glass" and params.args.get("anomaly_source_path", "published") is None:
        return None
    return {"Draem": DTD, "Glass": DTD, "EfficientAd": IMAGENETTE}.get(params.name)


def _published(params: AnomalibParams) -> list[Weights]:
    found = _networks(params) if params.settings.get("pre_trained", True) else []
    archive = image_archive(params)
    if archive is not None and image_folder(params) is None:
        found.append(archive)
    return found


def _networks(params: AnomalibParams) -> list[Weights]:
    """Pretrained networks, whether or not the parameters want them random."""
    name, settings = params.name, params.settings
    own = {
        "AnomalyVFM": [ANOMALY_VFM],
        "Csflow": [_from_torchvision("efficientnet_b5")],
        "Dsr": [DSR_CODEBOOK],
        "EfficientAd": [EFFICIENT_AD_TEACHERS],
        "L2BT": [_from_timm("vit_base_patch14_reg4_dinov2")],
        "WinClip": [WINCLIP],
    }
    if name in own:
        return own[name]
    if name in {"Cfa", "UniNet"}:
        return [_from_torchvision(settings.get("backbone") or settings["teacher_backbone"])]
    if name == "FoundAD":
        encoder = settings["encoder_name"]
        return [_from_timm(_FOUNDAD.get(encoder, encoder))]
    if name == "Uflow":
        backbone = settings["backbone"]
        return [_from_timm(network) for network in _UFLOW.get(backbone, (backbone,))]
    return [] if params.backbone is None else [_from_timm(params.backbone)]


def _from_timm(backbone: str) -> Weights:
    licence = next((text for key, text in _LICENCES.items() if key in backbone), None)
    return timm_weights(backbone, licence)


def _from_torchvision(network: str) -> Weights:
    return torchvision_weights(network, _TORCHVISION.get(network, f"{network}.pth"))
