import numpy as np
import pytest
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score, roc_curve

from iadbe.metrics.image import auroc, average_precision, f1_max, fpr_at_95_tpr, image_measures

NAMES = ["auroc", "average_precision", "f1_max", "fpr_at_95_tpr"]

KINDS = {
    "normal": lambda rng, n: rng.normal(size=n),
    "ties": lambda rng, n: rng.integers(0, 4, n).astype(float),
    "heavy tails": lambda rng, n: rng.standard_cauchy(n),
    "24 decades": lambda rng, n: 10.0 ** rng.uniform(-12, 12, n),
    "constant": lambda rng, n: np.full(n, 3.0),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_metrics_are_what_they_are_defined_as(kind: str) -> None:
    rng = np.random.default_rng(1)
    for _ in range(8):
        labels = np.append([0, 1], rng.integers(0, 2, 30)).astype(np.int8)
        scores = KINDS[kind](rng, len(labels))
        wins = np.sign(scores[labels == 1][:, None] - scores[labels == 0][None])
        best = max(f1_score(labels, scores >= t) for t in np.unique(scores))
        assert auroc(labels, scores) == pytest.approx((wins.mean() + 1) / 2, abs=1e-12)
        assert auroc(labels, scores) == roc_auc_score(labels, scores)
        assert average_precision(labels, scores) == average_precision_score(labels, scores)
        assert f1_max(labels, scores) == pytest.approx(best, abs=1e-12)


def test_raw_scores_are_not_squeezed() -> None:
    labels = np.repeat([0, 1], 500).astype(np.int8)
    scores = np.random.default_rng(0).normal(30, 3, 1000) + 6 * labels
    assert 0.85 < auroc(labels, scores) < 0.95
    assert auroc(labels, scores) == pytest.approx(auroc(labels, scores * 1e12), abs=1e-12)


@pytest.mark.parametrize(("label", "missing"), [(0, "anomalous"), (1, "normal")])
def test_one_class_only_has_no_value_but_a_reason(label: int, missing: str) -> None:
    measures = image_measures(np.full(5, label, np.int8), np.arange(5.0))
    assert [measure.metric for measure in measures] == NAMES
    for measure in measures:
        assert measure.value is None
        assert measure.n == 5
        assert measure.reason == f"no {missing} test sample"


@pytest.mark.parametrize("kind", KINDS)
def test_fpr_is_the_lowest_with_95_percent_of_the_anomalous_called(kind: str) -> None:
    rng = np.random.default_rng(2)
    for anomalous in (1, 7, 19, 20, 21, 60):
        labels = np.repeat([0, 1], [25, anomalous]).astype(np.int8)
        scores = KINDS[kind](rng, len(labels))
        false, true, _ = roc_curve(labels, scores, drop_intermediate=False)
        assert fpr_at_95_tpr(labels, scores) == pytest.approx(false[true >= 0.95 - 1e-9].min())


def test_what_chooses_its_threshold_on_the_test_says_so() -> None:
    measures = image_measures(np.array([0, 1], np.int8), np.array([1.0, 2.0]))
    assert {m.metric for m in measures if m.leakage == "threshold"} == {"f1_max"}
