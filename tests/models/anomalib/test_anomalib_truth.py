"""Our raw scores and maps against Anomalib's own torch models, built and fed by hand."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from iadbe.models.anomalib import AnomalibModel
from iadbe.models.weights import local_weights
from iadbe.samples import Samples

pytestmark = pytest.mark.slow
SEED = 4
Settings = Callable[[str], dict[str, Any]]


def _tensor(samples: Samples) -> torch.Tensor:
    """Pixels in [-1, 1], as tf_efficientnet_lite0 was trained."""
    images = np.stack([sample.image for sample in samples]).transpose(0, 3, 1, 2)
    return torch.from_numpy((images - np.float32(0.5)) / np.float32(0.5))


def _ours(
    params: dict[str, Any], train: Samples, test: Samples
) -> tuple[np.ndarray, np.ndarray | None]:
    model = AnomalibModel(AnomalibModel.Params(**params), "cpu")
    model.fit(train, seed=SEED)
    predictions = list(model.predict(test))
    maps = [p.anomaly_map for p in predictions if p.anomaly_map is not None]
    return np.array([p.image_score for p in predictions]), np.stack(maps) if maps else None


def _seed() -> None:
    from lightning.pytorch import seed_everything

    seed_everything(SEED, verbose=False)


def _shuffled(images: torch.Tensor) -> torch.Tensor:
    generator = torch.Generator().manual_seed(SEED)
    loader = torch.utils.data.DataLoader(images, len(images), shuffle=True, generator=generator)
    return next(iter(loader))


def _theirs(model: nn.Module, test: Samples) -> tuple[np.ndarray, np.ndarray]:
    with torch.inference_mode():
        output = model.eval()(_tensor(test))
    return output.pred_score.flatten().numpy(), output.anomaly_map.squeeze(1).numpy()


def test_padim(settings: Settings, train_samples: Samples, test_samples: Samples) -> None:
    from anomalib.models.image.padim.torch_model import PadimModel

    scores, maps = _ours(settings("Padim"), train_samples, test_samples)
    _seed()
    with local_weights():
        model = PadimModel(**settings("Padim")["args"])
    model.train()(_tensor(train_samples))
    model.fit()
    expected_scores, expected_maps = _theirs(model, test_samples)
    np.testing.assert_allclose(scores, expected_scores, rtol=1e-4)
    np.testing.assert_allclose(maps, expected_maps, rtol=1e-4)


def test_patchcore(settings: Settings, train_samples: Samples, test_samples: Samples) -> None:
    """With Anomalib's own coreset: the same patches are picked, or scores would differ."""
    from anomalib.models.image.patchcore.torch_model import PatchcoreModel

    scores, maps = _ours(settings("Patchcore"), train_samples, test_samples)
    args = dict(settings("Patchcore")["args"])
    ratio = args.pop("coreset_sampling_ratio")
    with local_weights():
        model = PatchcoreModel(**args)
    model.train()(_shuffled(_tensor(train_samples)))
    rng_after_construction(args, ratio)
    model.subsample_embedding(ratio)
    expected_scores, expected_maps = _theirs(model, test_samples)
    np.testing.assert_allclose(scores, expected_scores, rtol=1e-4)
    np.testing.assert_allclose(maps, expected_maps, rtol=1e-4)


def rng_after_construction(args: dict, ratio: float) -> None:
    """Bring the random numbers to where they are when our fit starts to select the coreset."""
    from anomalib.models import Patchcore

    _seed()
    with local_weights():
        Patchcore(**args, coreset_sampling_ratio=ratio)


def test_dfkde_is_anomalibs_density_before_its_sigmoid(
    settings: Settings, train_samples: Samples, test_samples: Samples
) -> None:
    from anomalib.models.image.dfkde.torch_model import DfkdeModel

    scores, maps = _ours(settings("Dfkde"), train_samples, test_samples)
    with local_weights():
        model = DfkdeModel(**settings("Dfkde")["args"])
    model.train()(_shuffled(_tensor(train_samples)))
    model.fit()
    with torch.inference_mode():
        theirs = model.eval()(_tensor(test_samples)).pred_score.numpy()
    squashed = 1 / (1 + np.exp(0.05 * (-scores - 12)))
    assert maps is None
    far = theirs == 1
    np.testing.assert_allclose(squashed[~far], theirs[~far], rtol=1e-3)
    assert len(np.unique(scores)) == len(scores)
    assert not far.any() or scores[far].min() > scores[~far].max()
