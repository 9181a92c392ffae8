"""The diagram puts every model at its mean rank, and joins those not told apart."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from iadbe.reporting.figures.critical_difference import critical_difference
from iadbe.reporting.figures.style import NEUTRAL, Style
from iadbe.statistics.comparison import Comparison
from iadbe.statistics.friedman import friedman_test
from iadbe.statistics.nemenyi import groups
from iadbe.statistics.ranks import average_ranks

STYLE = Style("#0072B2", "solid", "circle")


def compared(models, categories, difference):
    values = np.random.default_rng(0).normal(size=(categories, models)) + 0.3 * np.arange(models)
    table = pd.DataFrame(values, columns=[f"model_{n:02d}" for n in range(models)])
    return Comparison("image/auroc", table, categories, {}, average_ranks(table),
                      friedman_test(table), difference)  # fmt: skip


def drawn(comparison):
    return critical_difference(comparison, dict.fromkeys(comparison.table.columns, STYLE))


@pytest.mark.parametrize("models", [2, 5, 20])
def test_every_model_stands_at_its_mean_rank(models):
    comparison = compared(models, 15, 1.2)
    figure = drawn(comparison)
    marks = {trace.name: trace.x[0] for trace in figure.data if trace.mode == "markers"}
    assert marks == pytest.approx(comparison.ranks.to_dict())


@pytest.mark.parametrize("difference", [0.4, 2.0, 30.0])
def test_bars_join_the_groups_and_do_not_overlap(difference):
    comparison = compared(12, 9, difference)
    figure = drawn(comparison)
    bars = [trace for trace in figure.data if trace.line.width == 5]
    expected = groups(comparison.ranks, difference)
    assert len(bars) == len(expected)
    spans = {}
    for bar, group in zip(bars, expected, strict=True):
        assert bar.line.color == NEUTRAL
        low, high = bar.x
        assert low == pytest.approx(comparison.ranks[group[0]], abs=0.3)
        assert high == pytest.approx(comparison.ranks[group[-1]], abs=0.3)
        assert all(high < start or low > end for start, end in spans.get(bar.y[0], []))
        spans.setdefault(bar.y[0], []).append((low, high))


@pytest.mark.parametrize(("models", "difference"), [(2, 0.7), (5, 3.6), (20, 4.6)])
def test_nothing_is_outside_of_the_frame(models, difference):
    figure = drawn(compared(models, 12, difference))
    low, high = figure.layout.xaxis.range
    bottom, top = figure.layout.yaxis.range
    for trace in figure.data:
        assert all(low <= x <= high for x in trace.x if x is not None)
        assert all(top <= y <= bottom for y in trace.y if y is not None)
    names = [note for note in figure.layout.annotations if note.text.startswith("<b>")]
    assert len(names) == models
    for side, margin in (("right", figure.layout.margin.l), ("left", figure.layout.margin.r)):
        longest = max(len(note.text) - 7 for note in names if note.xanchor == side)
        assert margin >= 8 * longest
    for side in ("left", "right"):
        rows = sorted(note.y for note in names if note.xanchor == side)
        assert all(b - a >= 20 for a, b in itertools.pairwise(rows))


def test_no_comparison_is_its_reason():
    nothing = Comparison("image/auroc", pd.DataFrame(), 3, {}, reason="no model has enough results")
    figure = critical_difference(nothing, {})
    assert figure.layout.annotations[0].text == "No diagram: no model has enough results."
