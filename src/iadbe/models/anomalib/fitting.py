"""From parameters and training samples to a fitted module."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any

import torch
from anomalib import LearningType
from anomalib.models.components import AnomalibModule
from anomalib.models.image.cflow.torch_model import CflowModel
from anomalib.models.image.dfkde.torch_model import DfkdeModel

from iadbe.errors import ConfigError
from iadbe.models.anomalib import build, cflow, density, efficient_ad, published, training, win_clip
from iadbe.models.anomalib.bars import no_bars
from iadbe.models.anomalib.data import TrainingData
from iadbe.models.anomalib.other_images import other_images
from iadbe.models.anomalib.params import AnomalibParams
from iadbe.samples import Samples

_REFUSED: dict[str, tuple[str, Callable[[AnomalibParams], bool]]] = {
    "Dfm": (
        "fails in Anomalib 2.7 with score_type nll: leave args.score_type out",
        lambda params: params.settings["score_type"] == "nll",
    ),
    "EfficientAd": (
        "trains with one image a batch: set params.batch_size: 1",
        lambda params: params.batch_size != 1,
    ),
    "Supersimplenet": (
        "gets no labels from this plugin: leave args.supervised out",
        lambda params: bool(params.settings["supervised"]),
    ),
    "WinClip": (
        "needs open_clip: pip install open_clip_torch",
        lambda _: importlib.util.find_spec("open_clip") is None,
    ),
}
_IMPOSSIBLE = {
    "CFM": "needs point clouds beside the images, which IADBE's samples do not have",
    "VlmAd": "asks a language model served elsewhere (Ollama, OpenAI), which IADBE never calls",
}


def check_possible(params: AnomalibParams) -> None:
    """Refuse, before anything is read, what cannot run.

    Raises:
        ConfigError: If the model needs other data, a service, or a package that is not installed.
    """
    if params.name in _IMPOSSIBLE:
        raise ConfigError(f"{params.name} {_IMPOSSIBLE[params.name]}: take another model")
    remedy, applies = _REFUSED.get(params.name, ("", lambda _: False))
    if applies(params):
        raise ConfigError(f"{params.name} {remedy}")


def fit(
    params: AnomalibParams, samples: Samples, seed: int, device: torch.device
) -> AnomalibModule:
    """Build a model and fit it.

    Args:
        params: Validated parameters.
        samples: Normal images at the size of the model's input.
        seed: Of all that is random.
        device: Where to train.

    Raises:
        ConfigError: If the parameters do not fit the model.
        DataError: If there are too few images.
        WeightsError: If pretrained weights are missing.
    """
    with training.seeded(seed, device), no_bars(), other_images(params) as images:
        module = build.build(
            params, samples.size, pretrained=params.weights == "pretrained", images=images
        )
        _sort_other_images(module)
        if params.name == "EfficientAd":
            samples, held_out = efficient_ad.hold_out(samples, seed)
        data = _batches(module, samples, params, seed)
        if module.learning_type is LearningType.ONE_CLASS:
            published.before_training(module, params)
            training.train(module, data, params, device)
        elif params.name == "WinClip":
            win_clip.set_up(module, data, device)
        module.to(device).eval()
        if params.name == "EfficientAd":
            efficient_ad.set_quantiles(module, _batches(module, held_out, params, seed))
        _finish(module, data)
    return module


def _finish(module: AnomalibModule, data: TrainingData) -> None:
    """What Anomalib leaves to validation, or does not do."""
    if isinstance(module.model, CflowModel):
        cflow.set_scale(module.model, data.in_order())
    if isinstance(module.model, DfkdeModel):
        density.check_fitted(module.model, len(data.images))


def _batches(
    module: AnomalibModule, samples: Samples, params: AnomalibParams, seed: int
) -> TrainingData:
    pre_processor: Any = module.pre_processor
    transform = pre_processor.transform
    return TrainingData(samples, transform, batch_size=params.batch_size, seed=seed)


def _sort_other_images(module: AnomalibModule) -> None:
    """Anomalib lists them as the file system does, so a seed would not tell which it draws."""
    for generator in (module, module.model):
        for name in ("augmenter", "augmentor"):
            if paths := getattr(getattr(generator, name, None), "anomaly_source_paths", None):
                paths.sort()
