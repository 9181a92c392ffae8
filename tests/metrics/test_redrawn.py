"""Resamples of few small images, against the metrics of the images that were drawn."""

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from iadbe.metrics.defect_maps import DefectMaps
from iadbe.metrics.defect_regions import find_regions
from iadbe.metrics.false_regions import regions_above
from iadbe.metrics.map_histograms import MapHistograms
from iadbe.metrics.measure import ALL, Group
from iadbe.metrics.normal_maps import NormalMaps
from iadbe.metrics.redrawn import aupimo_redrawn, region_recall_redrawn
from iadbe.metrics.region_recall import found_regions
from iadbe.schemas import DEFECT_SIZES
from iadbe.statistics.bootstrap import bootstrap_weights

EDGE, NORMAL, ANOMALOUS, BINS = 160, 4, 6, 4000
MASK = np.zeros((EDGE, EDGE), bool)
MASK[20:60, 30:80] = MASK[100:130, 100:140] = True


@pytest.fixture(scope="module")
def maps() -> np.ndarray:
    rng = np.random.default_rng(0)
    drawn = np.stack([gaussian_filter(rng.normal(size=MASK.shape), 2) * 4 for _ in range(10)])
    drawn[NORMAL:] += rng.uniform(0.5, 3, ANOMALOUS)[:, None, None] * MASK
    return drawn.astype(np.float32)


@pytest.fixture(scope="module")
def histograms(maps: np.ndarray) -> MapHistograms:
    """With all scores in fine bins, and regions at fine thresholds."""
    edges = np.unique(np.quantile(maps, np.linspace(0.5, 1, BINS)).astype(np.float32))
    thresholds = np.linspace(0, 4, 401).astype(np.float32)
    regions = find_regions(MASK)
    shape = (len(maps), len(DEFECT_SIZES))
    found = np.zeros((*shape, len(thresholds)), int)
    negatives = np.zeros((len(maps), len(edges) + 1), np.float32)
    positives = np.zeros((*shape, len(edges) + 1), np.float32)
    false = np.zeros((len(maps), len(thresholds)), np.float32)
    number = np.zeros(shape, int)
    bounds = np.concatenate([[-np.inf], edges, [np.inf]])
    for row, map_ in enumerate(maps):
        if row < NORMAL:
            negatives[row] = np.histogram(map_, bounds)[0][::-1]
            false[row] = regions_above(map_, thresholds)
            continue
        positives[row, -1] = np.histogram(map_[MASK], bounds)[0][::-1]
        number[row, -1] = len(regions.area)
        found[row, -1] = [found_regions(map_, regions, t).sum() for t in thresholds]
    types = np.array([""] * NORMAL + ["dent"] * ANOMALOUS)
    return MapHistograms(edges, types, negatives, positives, positives, number, false, found)


def exact(maps: np.ndarray, times: np.ndarray) -> tuple[float, float]:
    """AUPIMO and recall with each image as often as it is drawn."""
    normal = NormalMaps()
    for row in range(NORMAL):
        if times[row]:
            normal.add(np.repeat(maps[row][None], times[row], axis=0))
    defects = DefectMaps(normal)
    for row in range(NORMAL, len(maps)):
        for copy in range(times[row]):
            defects.add(f"{row} {copy}", maps[row], MASK, "dent")
    images = list(defects.images.values())
    regions, found = (sum(column) for column in zip(*(i.counts() for i in images), strict=True))
    return float(np.mean([image.aupimo for image in images])), found / regions


def test_a_resample_has_thresholds_of_its_own(maps, histograms) -> None:
    normal = np.arange(len(maps)) < NORMAL
    weights = bootstrap_weights((~normal).astype(int), resamples=12)
    areas = aupimo_redrawn(histograms.of(ALL, histograms.edges), normal, ~normal, weights)
    recalls = region_recall_redrawn(histograms, Group("dent"), weights)
    expected = np.array([exact(maps, times) for times in weights])
    assert np.ptp(expected, axis=0).min() > 0.1
    assert areas == pytest.approx(expected[:, 0], abs=0.03)
    assert recalls == pytest.approx(expected[:, 1], abs=0.1)


def test_a_resample_without_a_region_has_no_recall(histograms) -> None:
    weights = np.ones((2, NORMAL + ANOMALOUS), np.int16)
    assert np.isnan(region_recall_redrawn(histograms, Group(defect_size="small"), weights)).all()
