"""Resamples of the test images, as how often each image is drawn."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

RESAMPLES = 1000
LEAST_IMAGES = 2
"""Of a stratum: how a single one would vary, resampling cannot tell."""
Weights = npt.NDArray[np.int16]
_CHUNK = 64
"""Resamples at a time, which bounds the memory."""


def bootstrap_weights(
    labels: npt.NDArray[np.integer], resamples: int = RESAMPLES, seed: int = 0
) -> Weights:
    """Draw test images with replacement, as many of each label as there are.

    Stratified, because a test set has as many normal and anomalous images as its makers chose: a
    resample with more defects would answer another question. The same labels and seed give the
    same resamples, so models on one category are compared on the same draws.

    Args:
        labels: The stratum of each image, e.g. 0 normal and 1 anomalous, shape (N,).
        resamples: B, how many.
        seed: Of the draws.

    Returns:
        How often each image is drawn, shape (B, N); over the images of a label a row sums to
        their number.
    """
    rng = np.random.default_rng(seed)
    weights = np.zeros((resamples, len(labels)), np.int16)
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        for start in range(0, resamples, _CHUNK):
            rows = weights[start : start + _CHUNK]
            rows[:, members] = _multiplicities(rng, len(rows), len(members))
    return weights


def _multiplicities(rng: np.random.Generator, resamples: int, n: int) -> npt.NDArray[np.integer]:
    """How often each of n things is drawn in n draws, shape (B, n)."""
    drawn = rng.integers(0, n, (resamples, n)) + n * np.arange(resamples)[:, None]
    return np.bincount(drawn.ravel(), minlength=resamples * n).reshape(resamples, n)
