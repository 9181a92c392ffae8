import numpy as np
import pytest
from scipy.ndimage import gaussian_filter, label

from iadbe.metrics.false_regions import lowest_thresholds, region_events, regions_above
from iadbe.metrics.tally import Tally

MAPS = {
    "noise": lambda rng: rng.normal(size=(40, 56)),
    "hills": lambda rng: gaussian_filter(rng.normal(size=(60, 40)), 3),
    "steps": lambda rng: rng.integers(0, 30, (40, 40)),
    "flat": lambda _: np.zeros((12, 9)),
    "one pixel": lambda _: np.ones((1, 1)),
}


def draw(kind: str, seed: int = 0) -> np.ndarray:
    return MAPS[kind](np.random.default_rng(seed)).astype(np.float32)


def regions(map_: np.ndarray, threshold: float) -> int:
    return label(map_ >= threshold, np.ones((3, 3)))[1]


@pytest.mark.parametrize("kind", MAPS)
def test_the_changes_sum_up_to_the_regions_above_each_threshold(kind: str) -> None:
    map_ = draw(kind)
    values, changes = region_events(map_)
    floor = np.quantile(map_, 0.9, method="lower")
    for threshold in np.unique(map_[map_ >= floor]):
        assert changes[values >= threshold].sum() == regions(map_, threshold)


def test_below_the_floor_the_count_stays() -> None:
    values, _ = region_events(draw("hills"))
    assert values.min() >= np.quantile(draw("hills"), 0.9, method="lower")


def test_above_the_threshold_regions_are_as_few_as_allowed_and_at_it_they_are_not() -> None:
    maps = [draw("hills", seed) for seed in range(5)]
    events = Tally(weighted=True)
    for map_ in maps:
        events.add(*region_events(map_))
    threshold = lowest_thresholds(events, len(maps), np.ones(1))[0]
    higher = np.unique(np.stack([m[m > threshold] for m in maps if (m > threshold).any()][:1]))
    assert sum(regions(m, np.nextafter(threshold, np.float32(9))) for m in maps) <= len(maps)
    assert sum(regions(m, threshold) for m in maps) > len(maps)
    assert all(sum(regions(m, t) for m in maps) <= len(maps) for t in higher)


def test_one_region_everywhere_allows_every_threshold() -> None:
    events = Tally(weighted=True)
    events.add(*region_events(draw("flat")))
    assert lowest_thresholds(events, 1, np.ones(1))[0] == -np.inf


@pytest.mark.parametrize("kind", MAPS)
def test_regions_above_thresholds_are_those_of_labelling(kind: str) -> None:
    map_ = draw(kind)
    thresholds = np.unique(map_[map_ >= np.quantile(map_, 0.9, method="lower")])
    counted = [regions(map_, np.nextafter(t, np.float32(np.inf))) for t in thresholds]
    assert np.array_equal(regions_above(map_, thresholds), counted)
