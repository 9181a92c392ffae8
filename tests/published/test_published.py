import pandas as pd
import pytest
import yaml

from iadbe.layouts.facts import official
from iadbe.published import AVERAGE, COLUMNS, SOURCES, original, published
from iadbe.published.load import TRAINING
from project import ROOT


@pytest.fixture(scope="module")
def facts():
    return published()


@pytest.fixture(scope="module")
def entries():
    with (ROOT / "conf/base/parameters_models.yml").open(encoding="utf-8") as file:
        return yaml.safe_load(file)["model"]


def test_columns_types_and_closed_lists(facts):
    assert tuple(facts.columns) == COLUMNS
    assert facts["value"].dtype == "float64"
    assert set(facts["source"]) == set(SOURCES)
    assert set(facts["training"]) == set(TRAINING)
    assert set(facts["metric"]) == {"image_auroc", "pixel_auroc", "pixel_pro", "aupro"}
    assert facts["value"].dropna().between(0, 1).all()


def test_every_fact_says_where_it_is_from(facts):
    assert facts[["as_printed", "reference"]].notna().all(axis=None)
    assert facts.loc[facts["source"] != "original_iadbe", "url"].notna().all()
    papers = facts[facts["source"] == "paper"]
    assert papers["url"].str.startswith("https://").all()
    assert papers["year"].between(2018, 2026).all()


def test_the_original_is_there_whole(facts):
    mine = facts[facts["source"] == "original_iadbe"]
    assert list(mine["as_printed"]) == list(original()["as_printed"])
    assert list(mine["reference"]) == list(original()["source"])


def test_values_are_as_printed(facts):
    printed = pd.to_numeric(facts["as_printed"].str.rstrip("%"), errors="coerce")
    shares = (printed - facts["value"]).abs() < 1e-6
    percent = (printed / 100 - facts["value"]).abs() < 1e-6
    assert (shares | percent)[facts["value"].notna()].all()


def test_names_are_those_of_the_configuration_and_the_datasets(facts, entries):
    assert set(facts["model"]) <= set(entries)
    for dataset, rows in facts[facts["category"] != AVERAGE].groupby("dataset"):
        assert set(rows["category"]) <= set(official(dataset).categories)


def test_a_fact_is_there_once(facts):
    key = [name for name in COLUMNS if name not in {"value", "as_printed", "year", "url"}]
    assert not facts.duplicated(key).any()


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("patchcore", "anomalib", "wide_resnet50_2", "bottle", "image_auroc"), 1.0),
        (("patchcore", "paper", "wide_resnet50_2", AVERAGE, "aupro"), 0.944),
        (("padim", "anomalib", "resnet18", "bottle", "image_auroc"), 0.994),
        (("padim", "anomalib", "resnet18", "bottle", "pixel_auroc"), 0.983),
        (("cfa", "anomalib", "wide_resnet50_2", "screw", "image_auroc"), 0.703),
        (("reverse_distillation", "paper", "", AVERAGE, "aupro"), 0.939),
    ],
)
def test_some_known_numbers(facts, where, value):
    key = ["model", "source", "backbone", "category", "metric"]
    same = facts.fillna({"backbone": ""})[key].eq(pd.Series(where, index=key)).all(axis=1)
    assert list(facts.loc[same, "value"]) == [value]


def _claims():
    """What the entries of the configuration expect; variants repeat their model's."""
    with (ROOT / "conf/base/parameters_models.yml").open(encoding="utf-8") as file:
        entries = yaml.safe_load(file)["model"]
    for name, entry in entries.items():
        card = entry.get("card", {})
        for claim in card.get("expected", []):
            yield card.get("variant_of", name), claim


@pytest.mark.parametrize(("model", "claim"), list(_claims()), ids=str)
def test_the_cards_expect_what_is_published(facts, model, claim):
    source = {"README": "anomalib"}.get(claim["source"])
    source = source or ("paper" if claim["source"].startswith("paper") else "original_iadbe")
    same = facts["model"].eq(model) & facts["source"].eq(source) & facts["category"].eq(AVERAGE)
    same &= facts["dataset"].eq(claim.get("dataset", "mvtec_ad"))
    same &= facts["metric"].eq(claim.get("metric", "image_auroc"))
    assert ((facts.loc[same, "value"] - claim["value"]).abs() < 0.00051).any()


def test_variants_are_of_entries_that_are_there(entries):
    bases = [entry.get("card", {}).get("variant_of") for entry in entries.values()]
    assert {base for base in bases if base} <= set(entries)
    assert entries["padim_lite0"]["card"]["variant_of"] == "padim"
