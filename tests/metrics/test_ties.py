"""Tied pairs against counting every pair, and what AUROC can gain or lose by them."""

from __future__ import annotations

import numpy as np
import pytest

from iadbe.metrics.image import auroc
from iadbe.metrics.ties import tie_measures, tied_pairs


@pytest.mark.parametrize("seed", range(30))
def test_it_is_the_share_of_all_pairs_that_tie(seed: int) -> None:
    rng = np.random.default_rng(seed)
    labels = np.r_[0, 1, rng.integers(0, 2, rng.integers(0, 40))].astype(np.int8)
    scores = rng.integers(0, rng.integers(1, 12), len(labels)).astype(np.float64)
    pairs = scores[labels == 1][:, None] == scores[labels == 0]
    assert tied_pairs(labels, scores) == pytest.approx(pairs.mean(), abs=1e-12)


@pytest.mark.parametrize("seed", range(10))
def test_another_order_of_the_ties_moves_auroc_by_half_of_it(seed: int) -> None:
    rng = np.random.default_rng(seed)
    labels = np.r_[0, 1, rng.integers(0, 2, 40)].astype(np.int8)
    scores = rng.integers(0, 5, len(labels)).astype(np.float64)
    kindest = auroc(labels, scores + 0.1 * labels)
    assert kindest - auroc(labels, scores) == pytest.approx(tied_pairs(labels, scores) / 2)


def test_it_is_1_for_constant_scores_and_0_for_ties_within_a_class() -> None:
    labels = np.array([0, 0, 1, 1, 1], np.int8)
    assert tied_pairs(labels, np.full(5, 1e-12)) == 1
    assert tied_pairs(labels, labels * 1e12) == 0


def test_it_rests_on_pairs_and_is_null_without_a_class() -> None:
    (measure,) = tie_measures(np.array([0, 0, 1, 1, 1], np.int8), np.arange(5.0))
    assert (measure.level, measure.metric, measure.value, measure.n) == (
        "image",
        "tied_pairs",
        0,
        6,
    )
    (measure,) = tie_measures(np.array([1, 1], np.int8), np.zeros(2))
    assert (measure.value, measure.reason, measure.n) == (None, "no normal test sample", 0)
