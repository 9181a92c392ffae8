"""The same value in several categories, and what may honestly repeat."""

from __future__ import annotations

import numpy as np
import pytest

from iadbe.gate.evidence import Evidence, Known
from iadbe.gate.repeats import repeated


def categories(pairs=10_000, **values):
    """One metric name to its values in the categories a, b, c, …"""
    names = "abcdefgh"
    cells = {}
    for place in range(max(map(len, values.values()))):
        known = {("image", "tied_pairs"): Known(0.0, pairs)}
        for name, column in values.items():
            level, metric = name.split("_", 1)
            if place < len(column) and column[place] is not None:
                known[level, metric] = Known(column[place], 200)
        cells[names[place]] = Evidence({}, known)
    return cells


@pytest.mark.parametrize("metric", ["image_auroc", "pixel_auroc", "region_aupro"])
def test_three_categories_with_one_value_are_told_and_the_others_left_alone(metric):
    found = repeated(categories(**{metric: [0.9731, 0.88, 0.9731, 0.9731 + 1e-10, 0.9732]}))
    assert sorted(found) == ["a", "c", "d"]
    assert "is 0.9731 in a, c, d" in found["a"]


def test_two_categories_need_two_metrics():
    assert repeated(categories(image_auroc=[0.8, 0.8, 0.7], pixel_auroc=[0.9, 0.91, 0.9])) == {}
    found = repeated(categories(image_auroc=[0.8, 0.8, 0.7], pixel_auroc=[0.9, 0.9, 0.92]))
    assert sorted(found) == ["a", "b"]
    assert found["a"] == "image AUROC is 0.8 in a, b; pixel AUROC is 0.9 in a, b"


def test_perfect_values_repeat():
    assert repeated(categories(image_auroc=[1.0] * 4, pixel_auroc=[1.0] * 4)) == {}


def test_nearly_perfect_ones_on_few_images_repeat_too():
    assert repeated(categories(pairs=600, image_auroc=[599 / 600] * 3)) == {}
    assert sorted(repeated(categories(pairs=600, image_auroc=[0.9] * 3))) == ["a", "b", "c"]
    assert repeated(categories(pairs=60, image_auroc=[0.7] * 3)) == {}


def test_maps_that_find_nothing_anywhere_are_told():
    assert sorted(repeated(categories(region_aupro=[0.0, 0.0, 0.0]))) == ["a", "b", "c"]


def test_what_is_undefined_is_not_the_same():
    assert repeated(categories(image_auroc=[None, None, None, 0.9], pixel_auroc=[None] * 4)) == {}
    assert repeated({}) == {}


@pytest.mark.parametrize("seed", range(20))
def test_honest_scores_of_small_categories_hardly_ever_meet(seed):
    """Ten categories of 20 normal and 30 anomalous images, scored by a good model: none is told."""
    rng = np.random.default_rng(seed)
    cells = {}
    for name in "abcdefghij":
        wins = rng.normal(rng.uniform(1, 3), 1, (30, 1)) > rng.normal(0, 1, 20)
        known = {("image", "auroc"): Known(wins.mean(), 50), ("image", "tied_pairs"): Known(0, 600)}
        cells[name] = Evidence({}, known)
    assert repeated(cells) == {}
