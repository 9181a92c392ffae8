"""K-center greedy coreset selection at flat memory: one matrix-vector product a pick.

Anomalib computes `|x - c|` from an N x d difference at every pick: five times slower, and on small
data sets the heap fragments until memory runs out. Here `|x - c|^2 = |x|^2 - 2 x.c + |c|^2` needs
one vector of length N. Source: Sener and Savarese, Active Learning for Convolutional Neural
Networks: A Core-Set Approach, 2018, algorithm 1 (arXiv 1708.00489).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from anomalib.models.components import KCenterGreedy


def select(features: torch.Tensor, size: int, start: int) -> list[int]:
    """Pick, time after time, the feature farthest from all picks so far.

    Args:
        features: Shape (n, d), floating point.
        size: How many to pick, at least 1.
        start: Index of the first pick.

    Returns:
        `size` row indices, `start` first.
    """
    # Distances do not change with the origin; near the mean the norms, and so rounding, are small.
    points = features.float() - features.float().mean(dim=0)
    norms = points.square().sum(dim=1)
    nearest, distances = torch.full_like(norms, torch.inf), torch.empty_like(norms)
    picks = [start]
    while len(picks) < size:
        center = picks[-1]
        torch.addmv(norms, points, points[center], alpha=-2, out=distances)
        distances.add_(norms[center]).clamp_min_(0)
        torch.minimum(nearest, distances, out=nearest)
        nearest[center] = 0
        picks.append(int(nearest.argmax()))
    return picks


@contextmanager
def flat_memory_coreset() -> Iterator[None]:
    """Within the context every Anomalib model with a coreset selects it by `select`."""
    sampler: Any = KCenterGreedy
    original = sampler.select_coreset_idxs
    sampler.select_coreset_idxs = _select_coreset_idxs
    try:
        yield
    finally:
        sampler.select_coreset_idxs = original


def _select_coreset_idxs(sampler: KCenterGreedy) -> list[int]:
    """Project and draw the start as Anomalib does, from the same random numbers."""
    features = sampler.embedding.flatten(start_dim=1)
    if sampler.embedding.ndim == 2:
        features = sampler.model.fit(features).transform(features)
    start = torch.randint(high=sampler.n_observations, size=(1,), device=features.device)
    return select(features, sampler.coreset_size, int(start))
