"""Only comparable, completed results are compared, and it says on how many categories."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from iadbe.schemas import MetricsSchema, RunsSchema
from iadbe.statistics.comparison import Comparison, compare, only_supervised

from .demsar_2006 import AUCS

MODELS = ["plain", "m", "cf", "m_cf"]
CATEGORIES = [f"c{n:02d}" for n in range(14)]
RUN = dict.fromkeys(RunsSchema.to_schema().columns)
METRIC = dict.fromkeys(MetricsSchema.to_schema().columns)


def runs_of(seeds: int = 1, supervised: tuple[str, ...] = (), **status: str) -> pd.DataFrame:
    """All cells done, but for those named `model_category`."""
    rows = []
    for model, category, seed in itertools.product(MODELS, CATEGORIES, range(seeds)):
        row = RUN | {"dataset": "uci", "model": model, "category": category, "seed": seed}
        row |= {"cell": f"uci.{model}.{category}.s{seed}", "plugin": "toy", "params": "{}"}
        row |= {"status": status.get(f"{model}_{category}", "done")}
        row |= {"supervision": "supervised" if model in supervised else "unsupervised"}
        rows.append(row)
    return RunsSchema.validate(pd.DataFrame(rows))


def metrics_of(runs: pd.DataFrame, defect_type: str | None = None) -> pd.DataFrame:
    rows = []
    for _, run in runs.iterrows():
        value = AUCS.to_numpy()[CATEGORIES.index(run["category"]), MODELS.index(run["model"])]
        row = METRIC | run[["dataset", "model", "category", "seed"]].to_dict()
        row |= {"level": "image", "metric": "auroc", "n": 50, "leakage": "none"}
        row |= {"value": value + 0.002 * run["seed"], "defect_type": defect_type}
        rows.append(row)
    return MetricsSchema.validate(pd.DataFrame(rows))


def compared(runs: pd.DataFrame, **options: bool) -> Comparison:
    return compare(metrics_of(runs), runs, "image/auroc", **options)


def test_demsar_s_example_goes_all_the_way() -> None:
    found = compared(runs_of())
    assert (len(found.table), found.categories, found.dropped) == (14, 14, {})
    assert found.ranks["m_cf"] == pytest.approx(1.964, abs=5e-4)
    assert found.friedman.f == pytest.approx(3.69, abs=5e-3)
    assert found.critical_difference == pytest.approx(1.25, abs=5e-3)
    assert len(found.pairs) == 6
    assert found.differ is True
    assert found.reason is None


def test_seeds_are_averaged_and_rows_of_one_defect_type_are_no_result() -> None:
    runs = runs_of(seeds=3)
    metrics = pd.concat([metrics_of(runs), metrics_of(runs, "scratch").assign(value=0.1)])
    found = compare(metrics, runs, "image/auroc")
    assert found.table.loc[("uci", "c00"), "plain"] == pytest.approx(0.763 + 0.002)


@pytest.mark.parametrize("status", ["failed", "missing", "stale", "degenerate"])
def test_a_category_that_one_model_did_not_complete_is_left_out_for_all(status: str) -> None:
    found = compared(runs_of(m_c03=status))
    assert (len(found.table), found.categories) == (13, 14)
    assert ("uci", "c03") not in found.table.index
    assert found.friedman.categories == 13


def test_a_category_is_completed_when_all_its_seeds_are() -> None:
    runs = runs_of(seeds=2)
    runs.loc[runs["cell"] == "uci.m.c03.s1", "status"] = "failed"
    assert len(compared(runs).table) == 13


def test_an_undefined_value_is_no_result() -> None:
    runs = runs_of()
    metrics = metrics_of(runs)
    metrics.loc[(metrics["model"] == "m") & (metrics["category"] == "c03"), "value"] = None
    assert len(compare(metrics, runs, "image/auroc").table) == 13


def test_a_model_with_too_few_categories_is_dropped_and_named() -> None:
    failed = {f"m_{category}": "failed" for category in CATEGORIES[:9]}
    never = {f"cf_{category}": "missing" for category in CATEGORIES}
    found = compared(runs_of(**failed, **never))
    assert found.dropped == {
        "m": "completed 5 of 14 categories",
        "cf": "completed no category",
    }
    assert list(found.table.columns) == ["plain", "m_cf"]
    assert len(found.table) == 14


def test_supervised_models_are_compared_among_themselves() -> None:
    runs = runs_of(supervised=("m", "m_cf"))
    assert list(compared(runs).table.columns) == ["plain", "cf"]
    assert list(compared(runs, supervised=True).table.columns) == ["m", "m_cf"]


def test_only_supervised_models_are_a_matrix_of_their_own() -> None:
    assert only_supervised(runs_of(supervised=tuple(MODELS)))
    assert not only_supervised(runs_of(supervised=("m",)))
    assert not only_supervised(runs_of().iloc[:0])


def test_one_model_is_no_comparison() -> None:
    found = compared(runs_of(supervised=("plain",)), supervised=True)
    assert found.reason == "only one model has enough results"
    assert (found.ranks, found.friedman, found.pairs, found.differ) == (None, None, None, None)


def test_two_categories_are_too_few() -> None:
    runs = runs_of()
    runs = runs[runs["category"].isin(CATEGORIES[:2])]
    assert compared(runs).reason == ("all 4 models completed 2 categories together, 3 are needed")


def test_nothing_done_is_no_comparison() -> None:
    runs = runs_of().assign(status="missing")
    found = compare(metrics_of(runs).iloc[:0], runs, "image/auroc")
    assert found.categories == 14
    assert found.reason == "no model has enough results"
    assert set(found.dropped.values()) == {"completed no category"}
    nothing = compare(metrics_of(runs).iloc[:0], runs.iloc[:0], "image/auroc")
    assert nothing.categories == 0
    assert nothing.reason
