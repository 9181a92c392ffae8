import math

import numpy as np
import pytest
from scipy.stats import norm
from sklearn.metrics import roc_auc_score

from iadbe.statistics.delong import auroc_covariance, delong_test


def by_definition(labels: np.ndarray, models: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """DeLong 1988, equations 3 to 5, over all m n pairs."""
    wins = [(np.sign(s[labels == 1][:, None] - s[labels == 0][None]) + 1) / 2 for s in models]
    values = np.array([w.mean() for w in wins])
    m, n = wins[0].shape
    s10 = sum(np.outer(v, v) for v in np.array([w.mean(axis=1) - w.mean() for w in wins]).T)
    s01 = sum(np.outer(v, v) for v in np.array([w.mean(axis=0) - w.mean() for w in wins]).T)
    return values, s10 / (m - 1) / m + s01 / (n - 1) / n


@pytest.mark.parametrize("ties", [False, True])
def test_the_fast_algorithm_is_the_definition(ties: bool) -> None:
    rng = np.random.default_rng(0)
    for m, n in ((2, 2), (5, 30), (40, 13)):
        labels = rng.permutation(np.repeat([1, 0], [m, n]))
        common = rng.normal(size=m + n)
        models = np.array([common + rng.normal(size=m + n) + labels * gap for gap in (0.3, 1, 2)])
        models = np.round(models) if ties else models
        values, covariance = auroc_covariance(labels, models)
        expected_values, expected_covariance = by_definition(labels, models)
        assert values == pytest.approx(expected_values, abs=1e-12)
        assert covariance == pytest.approx(expected_covariance, abs=1e-12)
        assert values[0] == pytest.approx(roc_auc_score(labels, models[0]))


def test_the_test_is_the_difference_over_its_error() -> None:
    rng = np.random.default_rng(4)
    labels = np.repeat([0, 1], [30, 50])
    first, second = (rng.normal(size=80) + labels * gap for gap in (2.0, 0.8))
    found = delong_test(labels, first, second)
    _, covariance = by_definition(labels, np.array([first, second]))
    error = math.sqrt(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1])
    assert found.difference == pytest.approx(found.first - found.second)
    assert found.error == pytest.approx(error)
    assert found.z == pytest.approx(found.difference / error)
    assert found.p == pytest.approx(2 * (1 - norm.cdf(found.z)), rel=1e-6)
    assert found.p < 0.05
    assert found.interval.low == pytest.approx(found.difference - 1.959964 * error, abs=1e-6)
    assert found.interval.low > 0, "p < 0.05 and an interval without 0 are the same"
    turned = delong_test(labels, second, first)
    assert (turned.z, turned.p) == pytest.approx((-found.z, found.p))


def test_it_cries_wolf_as_often_as_asked() -> None:
    rng = np.random.default_rng(5)
    labels = np.repeat([0, 1], 60)
    common = rng.normal(size=(400, 120)) + labels
    pairs = common + 0.7 * rng.normal(size=(2, 400, 120))
    p = [delong_test(labels, one, other).p for one, other in zip(*pairs, strict=True)]
    assert np.mean(np.array(p) < 0.05) == pytest.approx(0.05, abs=0.03)


@pytest.mark.parametrize("second", [[0.0, 1, 2, 3], [5.0, 6, 7, 8]])
def test_two_perfect_models_cannot_be_told_apart(second: list[float]) -> None:
    found = delong_test(np.array([0, 0, 1, 1]), np.array([0.0, 1, 2, 3]), np.array(second))
    assert (found.difference, found.z, found.p) == (0, None, None)
    assert "no variance" in found.reason
    assert found.interval == (None, None, found.reason)


def test_too_few_images_are_refused() -> None:
    with pytest.raises(ValueError, match="two normal and two anomalous"):
        delong_test(np.array([0, 0, 1]), np.arange(3.0), np.arange(3.0))
