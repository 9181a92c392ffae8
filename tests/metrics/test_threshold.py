import numpy as np
import pytest

from iadbe.benchmark.cell import Cell
from iadbe.metrics.threshold import guaranteed_rate, threshold_measures, threshold_rank


def cell(quantile: float, **more) -> Cell:
    return Cell(dataset="toy", model="noise", category="tile", seed=0, plugin="noise", params={},
                image_size=32, threshold_quantile=quantile, **more)  # fmt: skip


def measure(validation, labels, scores, **settings) -> dict:
    labels = np.array(labels, np.int8)
    found = threshold_measures(cell(**settings), np.array(validation), labels, np.array(scores))
    return {each.metric: each for each in found}


@pytest.mark.parametrize(
    ("n", "quantile", "rank"),
    [(99, 0.95, 95), (20, 0.95, 20), (19, 0.95, 19), (99, 0.07, 7), (5, 0.99, 5), (3, 0.0, 1)],
)
def test_it_is_the_conformal_rank(n: int, quantile: float, rank: int) -> None:
    assert threshold_rank(n, quantile, "conformal") == rank


@pytest.mark.parametrize(("n", "quantile", "rank"), [(100, 0.95, 95), (100, 0.07, 7), (3, 0, 1)])
def test_the_plain_quantile_is_a_rank_lower(n: int, quantile: float, rank: int) -> None:
    assert threshold_rank(n, quantile, "quantile") == rank


@pytest.mark.parametrize(("n", "quantile"), [(39, 0.9), (12, 0.95)])
def test_new_normal_samples_exceed_it_as_rarely_as_it_guarantees(n: int, quantile: float) -> None:
    trials = np.random.default_rng(5).standard_cauchy((4000, n + 1))
    rank = threshold_rank(n, quantile, "conformal")
    alarms = trials[:, 0] > np.sort(trials[:, 1:], axis=1)[:, rank - 1]
    assert np.mean(alarms) == pytest.approx(guaranteed_rate(n, rank), abs=0.02)


def test_few_validation_samples_guarantee_less_than_is_asked_for() -> None:
    found = measure(np.arange(12.0), [0, 1], [1.0, 20.0], quantile=0.95)
    assert found["requested_false_alarm_rate"].value == pytest.approx(0.05)
    assert found["guaranteed_false_alarm_rate"].value == pytest.approx(1 / 13)


def test_rates_are_strictly_above_the_threshold() -> None:
    labels, scores = [0, 0, 0, 1, 1], [1.0, 2.0, 3.0, 2.0, 9.0]
    found = measure([2.0, 1.0], labels, scores, quantile=0.5)
    assert (found["threshold"].value, found["threshold"].n) == (2.0, 2)
    alarms, misses = found["false_alarm_rate"], found["miss_rate"]
    assert (alarms.value, alarms.n) == (pytest.approx(1 / 3), 3)
    assert (misses.value, misses.n) == (0.5, 2)
    assert {each.leakage for each in found.values()} == {"none"}


def test_rates_come_with_exact_intervals() -> None:
    misses = measure([1.0], np.ones(100), np.full(100, 2.0), quantile=0.9)["miss_rate"]
    assert misses.ci_low == 0
    assert misses.ci_high == pytest.approx(1 - 0.025 ** (1 / 100))


def test_no_validation_sample_means_no_value() -> None:
    found = measure(np.empty(0), [0, 1], [1.0, 2.0], quantile=0.9)
    assert {"threshold", "false_alarm_rate", "miss_rate"} < set(found)
    assert all(m.value is None and "validation" in m.reason for m in found.values())


def test_the_papers_threshold_is_an_oracle_and_stamped() -> None:
    labels, scores = [0, 0, 0, 1, 1], [1.0, 2.0, 5.0, 4.0, 9.0]
    found = measure(np.empty(0), labels, scores, quantile=0.9, protocol="paper")
    assert (found["false_alarm_rate"].value, found["miss_rate"].value) == (pytest.approx(1 / 3), 0)
    assert found["threshold"].value == pytest.approx(4.0)
    assert {found[name].leakage for name in ("threshold", "miss_rate")} == {"threshold"}
    assert found["guaranteed_false_alarm_rate"].value is None


def test_an_official_validation_split_makes_even_the_paper_protocol_honest() -> None:
    found = measure([1.0, 2.0], [0, 1], [1.0, 3.0], quantile=0.9, protocol="paper")
    assert (found["threshold"].value, found["threshold"].leakage) == (2.0, "none")


def test_a_missing_class_leaves_its_rate_undefined() -> None:
    found = measure([1.0], [1], [2.0], quantile=0.9)
    assert found["false_alarm_rate"].value is None
    assert found["false_alarm_rate"].reason == "no normal test sample"
    assert found["miss_rate"].value == 0.0
