import numpy as np
import pytest

from iadbe.metrics.aupimo import aupimo, thresholds
from iadbe.metrics.tally import Tally


def tally(values: np.ndarray) -> Tally:
    made = Tally()
    made.add(values.astype(np.float32))
    return made


def integrated(normal: np.ndarray, defective: np.ndarray, low: float, high: float) -> float:
    """The integral of equation 5, summed over a fine grid of log rates."""
    falling = np.sort(normal)[::-1]
    rates = np.exp(np.linspace(np.log(low), np.log(high), 100_001))
    # At most floor(rate n) normal pixels are above the threshold, which is the next one's score.
    cut = falling[np.floor(rates * len(normal) + 1e-9).astype(int)]
    recall = (defective[None] > np.unique(cut)[:, None]).mean(axis=1)
    return float(recall[np.searchsorted(np.unique(cut), cut)].mean())


@pytest.mark.parametrize("limits", [(1e-5, 1e-4), (1e-3, 1e-1)])
@pytest.mark.parametrize("ties", [False, True])
def test_it_is_the_mean_recall_over_log_rates(limits: tuple[float, float], ties: bool) -> None:
    rng = np.random.default_rng(4)
    normal, defective = rng.normal(size=200_000), rng.normal(3.5, 1, 400)
    if ties:
        normal, defective = (np.round(values, 1) for values in (normal, defective))
    normal, defective = normal.astype(np.float32), defective.astype(np.float32)
    value = aupimo(defective, thresholds(tally(normal), limits))
    expected = integrated(normal, defective, *limits)
    assert value == pytest.approx(expected, abs=1e-3)


def test_the_weights_are_shares() -> None:
    found = thresholds(tally(np.random.default_rng(0).normal(size=50_000)))
    assert found.weights.sum() == pytest.approx(1)
    assert (np.diff(found.values) > 0).all()


def test_perfect_and_blind() -> None:
    at = thresholds(tally(np.arange(1000)))
    assert aupimo(np.full(5, 2000, np.float32), at) == pytest.approx(1)
    assert aupimo(np.full(5, 10, np.float32), at) == 0


def test_a_flat_map_finds_nothing() -> None:
    assert aupimo(np.zeros(5, np.float32), thresholds(tally(np.zeros(1000)))) == 0
