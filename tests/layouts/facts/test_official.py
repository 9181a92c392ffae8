import re

import pytest

from iadbe.layouts.facts import Counts, official, official_datasets

DATASETS = official_datasets()
COUNTED = [
    name
    for name, facts in DATASETS.items()
    if any(item.images for item in facts.categories.values())
]


@pytest.mark.parametrize(
    ("dataset", "categories", "images"),
    [
        ("mvtec_ad", 15, 5354),
        ("mvtec_3d", 10, 4147),
        ("btech", 3, 2540),
        ("visa", 12, 10821),
        ("kolektor", 1, 399),
        ("mvtec_ad_2", 8, 3914),
        ("mvtec_loco", 5, 3651),
        ("mpdd", 6, 1346),
        ("real_iad", 30, 151050),
    ],
)
def test_numbers_that_the_authors_state(dataset, categories, images):
    facts = official(dataset)
    assert len(facts.categories) == categories
    assert facts.totals.images == images


def test_splits_that_the_authors_state():
    mvtec = official("mvtec_ad").totals
    assert (mvtec.train, mvtec.test_normal + mvtec.test_anomalous) == (3629, 1725)
    depth = official("mvtec_3d").totals
    assert (depth.train, depth.val, depth.test_normal + depth.test_anomalous) == (2656, 294, 1197)
    visa = official("visa").totals
    assert (visa.train + visa.test_normal, visa.test_anomalous) == (9621, 1200)
    kolektor = official("kolektor").totals
    assert (kolektor.normal, kolektor.anomalous) == (347, 52)


@pytest.mark.parametrize("dataset", COUNTED)
def test_the_categories_sum_up_to_what_the_authors_state(dataset):
    facts = official(dataset)
    counts = facts.categories.values()
    for name in Counts.model_fields:
        numbers = [getattr(item, name) for item in counts]
        if any(number is not None for number in numbers):
            assert sum(numbers) == getattr(facts.totals, name), name


def test_most_datasets_are_counted_by_category():
    assert set(DATASETS) - set(COUNTED) <= {"mvtec_ad_2", "real_iad"}


@pytest.mark.parametrize("dataset", DATASETS)
def test_names_can_be_written_into_a_benchmark(dataset):
    assert all(
        re.fullmatch("[a-z0-9_]+", name) for name in (dataset, *official(dataset).categories)
    )


@pytest.mark.parametrize("dataset", DATASETS)
def test_licence_and_source_are_named(dataset):
    facts = official(dataset)
    assert facts.non_commercial == ("NC" in facts.licence)
    assert facts.homepage.startswith("https://")
    assert facts.citation
    assert facts.source


def test_every_fact_belongs_to_a_layout():
    from importlib.metadata import entry_points

    assert set(DATASETS) <= entry_points(group="iadbe.layouts").names


def test_an_unknown_dataset_has_no_facts():
    assert official("my_parts") is None
