"""The density of region features: PCA, scaling, and a Gaussian kernel on every training region.

All in float64, and the logarithm by logsumexp: far from the training regions a density underflows
to zero, and everything there would tie.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy.linalg import solve_triangular
from scipy.spatial.distance import cdist
from scipy.special import logsumexp
from sklearn.decomposition import PCA

from iadbe.models.rkde.params import Scaling

Floats = npt.NDArray[np.float64]

_FLOOR = 1e-10
"""Least variance of a direction, as a share of the features' mean square; above float32's rounding.
It matters where training regions do not vary (constant images): the kernel would have no width."""

_CHUNK_BYTES = 16 * 2**20
"""What the distances of one chunk of regions to all training regions may take."""


@dataclass(frozen=True)
class RegionDensity:
    """A fitted density.

    Attributes:
        mean, axes: Of the PCA, shapes (features,) and (components, features).
        length: What components are divided by (`scale`), or 0 for their own length (`norm`).
        kernel: Lower Cholesky factor of the kernel's covariance, shape (components, components).
        points: The training regions, in units of the kernel, shape (n, components).
    """

    mean: Floats
    axes: Floats
    length: Floats
    kernel: Floats
    points: Floats

    @classmethod
    def fit(cls, features: npt.NDArray[Any], components: int, scaling: Scaling) -> Self:
        """Estimate the density, with Scott's bandwidth as `scipy.stats.gaussian_kde`.

        Args:
            features: Of the training regions, shape (n, features), n greater than `components`.
            components: Principal components to keep.
            scaling: `scale` or `norm`.
        """
        stacked = np.asarray(features, dtype=np.float64)
        with np.errstate(invalid="ignore"):  # shares of a variance of zero, which nobody reads
            pca = PCA(components, svd_solver="covariance_eigh").fit(stacked)
        reduced = (stacked - pca.mean_) @ pca.components_.T
        longest = np.linalg.norm(reduced, axis=1).max()
        length = np.array(_positive(longest) if scaling == "scale" else 0.0)
        scaled = _scaled(reduced, length)
        unit = float(length) or 1.0
        floor = _FLOOR * _positive(float(np.square(stacked).mean())) / unit**2
        bandwidth = len(scaled) ** (-1 / (components + 4))
        covariance = np.atleast_2d(np.cov(scaled, rowvar=False)) + floor * np.eye(components)
        kernel = np.linalg.cholesky(covariance) * bandwidth
        points = solve_triangular(kernel, scaled.T, lower=True).T
        return cls(pca.mean_, pca.components_, length, kernel, points)

    @property
    def lowest_score(self) -> float:
        """What no score is below: that of a region on which all training regions lie."""
        log_determinant = float(np.log(np.diagonal(self.kernel)).sum())
        return log_determinant + 0.5 * len(self.kernel) * math.log(2 * math.pi)

    @property
    def count(self) -> int:
        """Numbers that it consists of."""
        return sum(array.size for array in asdict(self).values())

    def scores(self, features: npt.NDArray[Any]) -> Floats:
        """`-log p` of each region.

        Args:
            features: Shape (n, features).

        Returns:
            Shape (n,), higher means more anomalous.
        """
        reduced = (np.asarray(features, dtype=np.float64) - self.mean) @ self.axes.T
        scaled = _scaled(reduced, self.length)
        asked = solve_triangular(self.kernel, scaled.T, lower=True).T
        chunks = math.ceil(len(asked) * self.points.shape[0] * 8 / _CHUNK_BYTES) or 1
        sums = [self._log_sums(chunk) for chunk in np.array_split(asked, min(chunks, len(asked)))]
        scores: Floats = self.lowest_score + math.log(len(self.points)) - np.concatenate(sums)
        return scores

    def _log_sums(self, asked: Floats) -> Floats:
        """Logarithm of the sum of all kernels, before normalization, at each point asked for."""
        exponents = cdist(asked, self.points, "sqeuclidean")
        exponents *= -0.5
        sums: Floats = logsumexp(exponents, axis=1)
        return sums

    def save(self, file: Path) -> None:
        """Write the arrays as npz."""
        np.savez(file, **asdict(self))

    @classmethod
    def load(cls, file: Path) -> Self:
        """Restore what `save` wrote."""
        with np.load(file, allow_pickle=False) as arrays:
            return cls(**arrays)


def _scaled(reduced: Floats, length: Floats) -> Floats:
    """Divide by `length`, or by the length of each row if that is 0."""
    if float(length) > 0:
        return reduced / length
    own = np.linalg.norm(reduced, axis=1, keepdims=True)
    return reduced / np.where(own > 0, own, 1.0)


def _positive(length: float) -> float:
    return length if length > 0 else 1.0
