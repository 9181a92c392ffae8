"""Which models are better than which beyond chance, and how that was told."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from iadbe.metrics.overall import overall
from iadbe.reporting.figures.ranks import METRIC
from iadbe.reporting.formats import count
from iadbe.reporting.results import only_done
from iadbe.statistics.comparison import Comparison, compare
from iadbe.statistics.mover import difference_interval
from iadbe.statistics.nemenyi import ALPHA

Verdict = Literal["apart", "close", "unknown"]
"""Of one model beside another: it is better beyond chance, it is not, or nothing is known."""


class Pairs(NamedTuple):
    """Verdicts on a model (first key) beside another, and what they rest on."""

    verdicts: Mapping[str, Mapping[str, Verdict]]
    how: str
    """In a few words, e.g. `Wilcoxon over 15 categories, Holm`."""

    def of(self, first: str, second: str) -> Verdict:
        """Whether the first is better; `unknown` if nothing is known of the pair."""
        return self.verdicts.get(first, {}).get(second, "unknown")


def pairs(
    metrics: pd.DataFrame, runs: pd.DataFrame, models: Sequence[str], *, supervised: bool
) -> Pairs:
    """Judge the pairs of the models that compete.

    Over categories where there are enough for a pair to be told apart at all, as in the section
    "How sure": Wilcoxon's signed ranks with Holm's correction. On fewer, by the interval of the
    difference of means, from the intervals of the test images: it says how far other images of the
    same categories would move it, and nothing of other categories. DeLong's test, which is sharper,
    needs the scores of every image, which the report is not made from.

    Args:
        metrics: Metric values of one dataset (`iadbe.schemas.MetricsSchema`).
        runs: Its cells (`iadbe.schemas.RunsSchema`).
        models: Those that compete.
        supervised: Whether they are the ones that saw labelled defects.
    """
    made = compare(metrics, runs, METRIC, supervised=supervised)
    if made.pairs is not None and _can_tell(made):
        over = count(len(made.table), "category", "categories")
        return Pairs(_by_categories(made.pairs), f"Wilcoxon over {over}, corrected after Holm")
    return _by_images(metrics, runs, models)


def _can_tell(made: Comparison) -> bool:
    """Winning everywhere has p = 2^(1 - N) on N categories, before Holm's correction."""
    number = 0 if made.pairs is None else len(made.pairs)
    return 2.0 ** (1 - len(made.table)) * number < ALPHA


def _by_categories(table: pd.DataFrame) -> dict[str, dict[str, Verdict]]:
    found: dict[str, dict[str, Verdict]] = {}
    for row in table.to_dict("records"):
        # The mean and the ranks may point to different models: then neither is the better.
        better = row["p_holm"] < ALPHA and row["wins"] > row["losses"]
        _note(found, str(row["first"]), str(row["second"]), better=bool(better))
    return found


def _by_images(metrics: pd.DataFrame, runs: pd.DataFrame, models: Sequence[str]) -> Pairs:
    terms = _terms(only_done(overall(metrics), runs))
    known = [model for model in models if model in terms and not np.isnan(terms[model]).any()]
    found: dict[str, dict[str, Verdict]] = {}
    for first, second in itertools.combinations(known, 2):
        low, high, _ = difference_interval(terms[first], terms[second])
        _note(found, first, second, better=low is not None and low > 0)
        _note(found, second, first, better=high is not None and high < 0)
    few = count(runs["category"].nunique(), "category is", "categories are")
    return Pairs(found, f"95 % intervals of the test images; {few} too few to test over")


def _terms(metrics: pd.DataFrame) -> dict[str, npt.NDArray[np.float64]]:
    """Image AUROC and its ends in each category, a row each; NaN where they are not known."""
    level, name = METRIC.split("/")
    rows = metrics[(metrics["level"] == level) & (metrics["metric"] == name)]
    columns = ["value", "ci_low", "ci_high"]
    # The mean over seeds hides a seed without an interval; the others stand for it.
    means = rows.groupby(["model", "dataset", "category"])[columns].mean()
    groups = means.astype(float).groupby(level="model")
    return {str(model): group.to_numpy(np.float64) for model, group in groups}


def _note(found: dict[str, dict[str, Verdict]], first: str, second: str, *, better: bool) -> None:
    found.setdefault(first, {})[second] = "apart" if better else "close"
    found.setdefault(second, {}).setdefault(first, "close")
