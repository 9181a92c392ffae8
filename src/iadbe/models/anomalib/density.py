"""DFKDE's raw score: the negative log density before Anomalib's sigmoid.

Anomalib maps the log density to `1 / (1 + exp(0.05 (log p - 12)))`, and takes the logarithm of a
float32 density that underflows to zero far from the training images, where all scores tie at 1.
"""

from __future__ import annotations

import math

import torch
from anomalib.models.image.dfkde.torch_model import DfkdeModel

from iadbe.errors import DataError


def negative_log_density(model: DfkdeModel, images: torch.Tensor) -> torch.Tensor:
    """Score images by `-log p`, p the Gaussian kernel density of their features.

    Args:
        model: A fitted DFKDE model in eval mode.
        images: Normalised, float32, shape (n, 3, height, width).

    Returns:
        float64, shape (n,).
    """
    classifier, kde = model.classifier, model.classifier.kde_model
    features = classifier.pca_model.transform(model.get_features(images))
    scaled, _ = classifier.pre_process(features, classifier.max_length)
    points, kernels = (scaled @ kde.bw_transform).double(), kde.dataset.double()
    exponents = -0.5 * (points[:, None, :] - kernels[None, :, :]).square().sum(dim=2)
    log_norm = kde.bw_transform.double().diagonal().log().sum()
    log_norm = log_norm - 0.5 * kernels.shape[1] * math.log(2 * math.pi)
    density: torch.Tensor = exponents.logsumexp(dim=1) - math.log(len(kernels)) + log_norm
    return -density


def check_fitted(model: DfkdeModel, images: int) -> None:
    """Refuse a density that Anomalib silently did not estimate.

    Raises:
        DataError: If there were fewer training images than principal components.
    """
    if model.classifier.kde_model.dataset.numel() == 0:
        needed = model.classifier.n_pca_components
        raise DataError(
            f"Dfkde got {images} training images but needs more than n_pca_components = {needed}: "
            "add images or lower args.n_pca_components"
        )
