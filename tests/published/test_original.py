import pandas as pd
import pytest
import yaml

from iadbe.published import original
from iadbe.published.load import ORIGINAL_COLUMNS
from project import ROOT

CATEGORIES = {"mvtec_ad": 15, "mvtec_3d": 10, "visa": 12, "btech": 3, "kolektor": 1}


@pytest.fixture(scope="module")
def facts():
    return original()


def test_columns_and_types(facts):
    assert tuple(facts.columns) == ORIGINAL_COLUMNS
    assert facts["value"].dtype == "float64"
    assert set(facts["metric"]) == {"image_auroc", "pixel_auroc", "pixel_pro"}
    assert facts["value"].dropna().between(0, 1).all()


def test_a_fact_is_there_once(facts):
    key = ["dataset", "model", "category", "metric", "source"]
    assert not facts.duplicated(key).any()


def test_names_are_those_of_the_configuration(facts):
    with (ROOT / "conf/base/parameters_models.yml").open(encoding="utf-8") as file:
        assert set(facts["model"]) <= set(yaml.safe_load(file)["model"])
    with (ROOT / "conf/iadbe/benchmark.yml").open(encoding="utf-8") as file:
        datasets = yaml.safe_load(file)["datasets"]
    named = facts[facts["category"] != "average"]
    for dataset, categories in datasets.items():
        assert set(named.loc[named["dataset"] == dataset, "category"]) == set(categories)


@pytest.mark.parametrize(("dataset", "categories"), CATEGORIES.items())
def test_every_cell_of_every_table(facts, dataset, categories):
    mine = facts[facts["dataset"] == dataset]
    with_average = categories + (categories > 1)
    counts = mine.groupby("source").size()
    readme = counts.index.str.startswith("README")
    assert list(counts[readme]) == [15 * with_average]
    assert list(counts[~readme]) == [16 * with_average] * 3


def test_values_are_as_printed_errors_included(facts):
    printed = pd.to_numeric(facts["as_printed"], errors="coerce")
    assert ((printed / 100 - facts["value"]).abs().dropna() < 1e-9).all()
    assert (printed.isna() == facts["value"].isna()).all()
    assert set(facts.loc[facts["value"].isna(), "as_printed"]) == {"-"}
    where = (facts["model"] == "reverse_distillation") & (facts["dataset"] == "mvtec_3d")
    averages = facts[where & (facts["category"] == "average")]
    assert list(averages.loc[averages["metric"] == "image_auroc", "as_printed"]) == ["95.06"] * 2
