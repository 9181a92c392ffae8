"""An honest decision: a threshold from normal validation samples, tried on the test samples.

Under the protocol `paper` there are no validation samples: the threshold is then the one that
maximises F1 on the test samples, as the papers' tables have it, and stamped so.
"""

from __future__ import annotations

import math

import numpy as np

from iadbe.benchmark.cell import Cell
from iadbe.metrics.image import Labels, Scores, f1_curve, undefined
from iadbe.metrics.measure import Measure
from iadbe.statistics.binomial import binomial_interval

_ORACLE = "the threshold is chosen on the test samples"
_PROMISES = ("requested_false_alarm_rate", "guaranteed_false_alarm_rate")


def threshold_rank(n: int, quantile: float, rule: str) -> int:
    """Which of n ascending normal scores is the threshold, from 1.

    Args:
        n: Number of scores, n > 0.
        quantile: q in [0, 1], the share of normal samples that shall pass.
        rule: `conformal` takes the ceil((n + 1) q)-th, as in split conformal prediction
            (Angelopoulos and Bates 2021, arXiv:2107.07511, section 1): one rank above the plain
            quantile, because a new sample is one of n + 1 exchangeable ones. It guarantees a false
            alarm rate of at most 1 - q. Fewer than q / (1 - q) scores cannot give that; their
            highest is taken then. `quantile` takes the ceil(n q)-th, which promises a little less.
    """
    # Rounded first: 0.07 * 100 is 7.000000000000001, whose ceiling is a rank too high.
    count = n + 1 if rule == "conformal" else n
    return min(max(math.ceil(round(count * quantile, 9)), 1), n)


def guaranteed_rate(n: int, rank: int) -> float:
    """Highest expected share of new normal samples above the `rank`-th of n exchangeable scores."""
    return 1 - rank / (n + 1)


def oracle_threshold(labels: Labels, scores: Scores) -> float:
    """The threshold with the highest F1 on the samples themselves; anomalous are those above it."""
    f1, cuts = f1_curve(labels, scores)
    return float(np.nextafter(cuts[int(np.argmax(f1))], -np.inf))


def threshold_measures(
    cell: Cell, validation: Scores, labels: Labels, scores: Scores
) -> list[Measure]:
    """The threshold, what it promises, and what it costs on the test samples.

    Args:
        cell: Gives protocol, quantile and rule.
        validation: Raw scores of the normal validation samples, shape (M,).
        labels: Test labels, 0 normal, 1 anomalous, shape (N,).
        scores: Raw test scores, shape (N,).

    Returns:
        `threshold`; the false alarm rates that were requested and that it guarantees before any
        test; `false_alarm_rate` (normal samples called anomalous, overkill) and `miss_rate`
        (anomalous samples called normal, escapes), with exact binomial intervals.
    """
    threshold, promises, leakage, reason = _choose(cell, validation, labels, scores)
    if threshold is None:
        names = ("threshold", *_PROMISES, "false_alarm_rate", "miss_rate")
        return [Measure("image", name, None, 0, reason) for name in names]
    based_on = len(scores) if leakage == "threshold" else len(validation)
    return [
        Measure("image", "threshold", threshold, based_on, leakage=leakage),
        *promises,
        false_alarm_rate(threshold, labels, scores)._replace(leakage=leakage),
        miss_rate(threshold, labels, scores)._replace(leakage=leakage),
    ]


def _choose(
    cell: Cell, validation: Scores, labels: Labels, scores: Scores
) -> tuple[float | None, list[Measure], str, str | None]:
    """The threshold, what it promises, what it saw of the test, and why there is none."""
    n = len(validation)
    if n:
        rank = threshold_rank(n, cell.threshold_quantile, cell.threshold_rule)
        rates = (1 - cell.threshold_quantile, guaranteed_rate(n, rank))
        promises = [
            Measure("image", name, rate, n) for name, rate in zip(_PROMISES, rates, strict=True)
        ]
        return float(np.sort(validation)[rank - 1]), promises, "none", None
    if cell.protocol == "paper" and not undefined(labels):
        promises = [Measure("image", name, None, 0, _ORACLE) for name in _PROMISES]
        return oracle_threshold(labels, scores), promises, "threshold", None
    return None, [], "none", "no normal validation sample to set a threshold on"


def false_alarm_rate(threshold: float, labels: Labels, scores: Scores) -> Measure:
    """Share of the normal samples above the threshold."""
    alarmed = scores[labels == 0] > threshold
    return _rate("false_alarm_rate", alarmed, "no normal test sample")


def miss_rate(threshold: float, labels: Labels, scores: Scores) -> Measure:
    """Share of the anomalous samples not above the threshold."""
    missed = scores[labels == 1] <= threshold
    return _rate("miss_rate", missed, "no anomalous test sample")


def _rate(metric: str, wrong: np.ndarray[tuple[int], np.dtype[np.bool_]], none: str) -> Measure:
    if not len(wrong):
        return Measure("image", metric, None, 0, none)
    low, high, _ = binomial_interval(int(wrong.sum()), len(wrong))
    rate = float(np.mean(wrong))
    return Measure("image", metric, rate, len(wrong), ci_low=low, ci_high=high)
