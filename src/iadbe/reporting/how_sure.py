"""Whether models differ beyond chance, as the report tells it."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from iadbe.reporting.certainty_table import CertaintyTable, certainty_table
from iadbe.reporting.figures.ranks import METRIC
from iadbe.reporting.formats import NOTHING, count, p_value, score
from iadbe.statistics.comparison import FEWEST_MODELS, Comparison, compare, only_supervised
from iadbe.statistics.friedman import Friedman
from iadbe.statistics.nemenyi import ALPHA

NAMES = {METRIC: "Image AUROC", "pixel/auroc": "Pixel AUROC", "region/aupro": "AUPRO"}
"""What is compared, and how the report names it."""


class Tested(NamedTuple):
    """One comparison as a row of a table; `verdict` is the reason where there is none."""

    metric: str
    models: str
    categories: str
    friedman: str
    iman_davenport: str
    difference: str
    verdict: str


class Pair(NamedTuple):
    """Two models over the same categories."""

    first: str
    second: str
    record: str
    difference: str
    p: str
    p_holm: str
    differ: bool


class HowSure(NamedTuple):
    """The section of a dataset, or of all of them."""

    sentence: str
    tests: list[Tested]
    left_out: list[str]
    pairs: list[Pair]
    least_p: str | None
    """The smallest p-value that a pair could have, if that is too much to tell it apart."""
    certainty: CertaintyTable | None
    drawn: bool
    """Whether there is a diagram."""


def how_sure(metrics: pd.DataFrame, runs: pd.DataFrame, *, by_category: bool = True) -> HowSure:
    """Compare the models of one dataset, or of several at once.

    Args:
        metrics: Metric values (`iadbe.schemas.MetricsSchema`).
        runs: The cells to compare (`iadbe.schemas.RunsSchema`).
        by_category: Whether to say how sure the value of each category is.
    """
    alone = only_supervised(runs)
    made = [compare(metrics, runs, metric, supervised=alone) for metric in NAMES]
    apart = [] if alone else _supervised(metrics, runs)
    main = made[0]
    return HowSure(
        sentence=sentence(main),
        tests=[_tested(each) for each in made] + [_tested(each, ", supervised") for each in apart],
        left_out=[f"{model} {why}" for model, why in main.dropped.items()],
        pairs=_pairs(main),
        least_p=_least_p(main),
        certainty=certainty_table(metrics, runs) if by_category else None,
        drawn=main.ranks is not None,
    )


def _supervised(metrics: pd.DataFrame, runs: pd.DataFrame) -> list[Comparison]:
    """Those of the supervised models, if there are several."""
    models = runs.loc[runs["supervision"].eq("supervised"), "model"].unique()
    if len(models) < FEWEST_MODELS:
        return []
    return [compare(metrics, runs, metric, supervised=True) for metric in NAMES]


def sentence(made: Comparison) -> str:
    """What can be said of the models on image AUROC."""
    if made.reason or made.friedman is None or made.ranks is None:
        return f"The models cannot be compared: {made.reason}."
    who = "both models" if len(made.ranks) == 2 else f"all {len(made.ranks)} models"
    over = f"On the {_categories(made)} that {who} completed"
    test = f"({_test_words(made.friedman)})"
    if not made.differ:
        found = f"no difference in image AUROC is beyond chance {test}"
        return f"{over}, {found}: the order of the models may be luck."
    sure = int((made.pairs["p_holm"] < ALPHA).sum()) if made.pairs is not None else 0
    pairs = count(_number(made), "pair", "pairs")
    told = f"{sure or 'none'} of {pairs} can be told apart one by one"
    return f"{over}, image AUROC differs beyond chance {test}; {told}."


def _number(made: Comparison) -> int:
    return 0 if made.pairs is None else len(made.pairs)


def _categories(made: Comparison) -> str:
    used, there = len(made.table), made.categories
    return f"{used} of {there} categories" if used < there else f"{used} categories"


def _test_words(test: Friedman) -> str:
    by = "by permutation" if test.permutation_p is not None else "Iman\u2013Davenport"
    return f"{p_value(test.p)}, {by}"


def _tested(made: Comparison, addition: str = "") -> Tested:
    name = NAMES[made.metric] + addition
    used = f"{len(made.table)}/{made.categories}"
    test, difference = made.friedman, made.critical_difference
    if test is None or difference is None:
        nothing = (NOTHING,) * 3
        return Tested(name, str(made.table.shape[1]), used, *nothing, made.reason or NOTHING)
    chi = f"\u03c7\u00b2({test.models - 1}) = {test.chi_square:.2f}, {p_value(test.chi_square_p)}"
    verdict = "yes" if made.differ else "not beyond chance"
    if test.permutation_p is not None:
        verdict += f"; {_test_words(test)}"
    return Tested(name, str(test.models), used, chi, _f(test), f"{difference:.2f}", verdict)


def _f(test: Friedman) -> str:
    if test.f is None or test.f_p is None:
        return "infinite: the same order everywhere"
    freedom = f"{test.models - 1}, {(test.models - 1) * (test.categories - 1)}"
    return f"F({freedom}) = {test.f:.2f}, {p_value(test.f_p)}"


def _pairs(made: Comparison) -> list[Pair]:
    if made.pairs is None:
        return []
    return [_pair(row, len(made.table)) for _, row in made.pairs.iterrows()]


def _least_p(made: Comparison) -> str | None:
    """Winning everywhere has p = 2^(1 - N) on N categories, before Holm's correction."""
    least = 2.0 ** (1 - len(made.table))
    return p_value(least, "") if least * max(_number(made), 1) >= ALPHA else None


def _pair(row: pd.Series, categories: int) -> Pair:
    ties = categories - row["wins"] - row["losses"]
    return Pair(
        first=str(row["first"]),
        second=str(row["second"]),
        record=f"{row['wins']}\u2013{ties}\u2013{row['losses']}",
        difference=score(row["difference"]),
        p=p_value(row["p"], ""),
        p_holm=p_value(row["p_holm"], ""),
        differ=bool(row["p_holm"] < ALPHA),
    )
