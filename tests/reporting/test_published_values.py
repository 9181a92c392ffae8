"""The original's numbers, as the report asks for them."""

from __future__ import annotations

import pandas as pd
import pytest

from iadbe.published.load import published
from iadbe.reporting.published_values import original_values
from iadbe.schemas import MetricsSchema, RunsSchema
from iadbe.scorecard.scorecard import scorecard

from .made_up import frame, runs_row

CELLS = [
    ("mvtec_ad", "padim", "bottle"),
    ("mvtec_ad", "padim_lite0", "bottle"),
    ("kolektor", "dfm", "kolektor"),
]


@pytest.fixture(scope="module")
def compared():
    runs = [runs_row(*cell, status="missing") for cell in CELLS]
    benchmark = {"image_size": 256, "cards": {"padim_lite0": {"variant_of": "padim"}}}
    return scorecard(frame(MetricsSchema, []), frame(RunsSchema, runs), published(), benchmark)


def test_values_are_those_that_the_original_prints(compared):
    values = original_values(compared)
    assert values["mvtec_ad", "padim", "bottle", "image_auroc"] == pytest.approx(0.9944, abs=5e-3)
    assert values["mvtec_ad", "padim", "bottle", "pixel_auroc"] == 0.9842
    assert ("mvtec_ad", "padim", "average", "image_auroc") in values
    facts = published()
    own = facts[(facts["source"] == "original_iadbe")].set_index(
        ["dataset", "model", "category", "metric"]
    )["value"]
    assert all(value in own.loc[[key]].tolist() for key, value in values.items())


def test_what_only_the_paper_prints_is_given(compared):
    assert original_values(compared)["kolektor", "dfm", "kolektor", "image_auroc"] == 0.9205


def test_a_variant_has_none_unless_asked_for(compared):
    key = ("mvtec_ad", "padim_lite0", "bottle", "image_auroc")
    assert key not in original_values(compared)
    assert (
        original_values(compared, variants=True)[key]
        == (original_values(compared)["mvtec_ad", "padim", "bottle", "image_auroc"])
    )


def test_no_overlap_at_one_threshold_passes_for_aupro(compared):
    assert {metric for *_, metric in original_values(compared)} == {"image_auroc", "pixel_auroc"}


def test_the_readme_goes_before_the_paper(compared):
    row = compared[compared["source"] == "original_iadbe"].iloc[[0]]
    twice = pd.concat(
        [row.assign(reference="paper, a table", published=0.1),
         row.assign(reference="README, a table", published=0.2)]
    )  # fmt: skip
    assert list(original_values(twice).values()) == [0.2]


def test_without_any_there_are_none(compared):
    assert original_values(compared.iloc[:0]) == {}
