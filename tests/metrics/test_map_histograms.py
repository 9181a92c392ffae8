import numpy as np
import pytest

from iadbe.metrics.map_histograms import MapHistograms, bin_edges, map_histograms
from iadbe.metrics.measure import ALL, Group
from iadbe.metrics.ranking import rank_pixels

FINE = np.linspace(-2, 2, 21).astype(np.float32)
COARSE = FINE[[0, 3, 4, 11, 20]]
MASK = np.zeros((32, 32), bool)
MASK[8:16, 4:20] = True


def binned(scores: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Numbers of scores between edges, from the highest."""
    bounds = np.concatenate([[-np.inf], edges, [np.inf]])
    return np.histogram(scores, bounds)[0][::-1]


@pytest.fixture
def counted(bench) -> tuple[MapHistograms, np.ndarray, np.ndarray]:
    test = bench.test_rows()
    test.loc[test.index[test["label"] == 1][:3], "defect_type"] = "scratch"
    maps = np.stack([bench.maps[sample_id] for sample_id in test["sample_id"]])
    return (
        map_histograms(bench.cell, test, bench.maps, FINE, FINE[15:]),
        maps,
        test["defect_type"].to_numpy(),
    )


@pytest.mark.parametrize("group", [ALL, Group("scratch"), Group(defect_size="large")])
def test_a_group_is_counted_between_its_own_edges(counted, group: Group) -> None:
    histograms, maps, types = counted
    found = histograms.of(group, COARSE)
    anomalous = types != "good"
    member = anomalous & (types == group.defect_type) if group.defect_type else anomalous
    for row, map_ in enumerate(maps):
        normal = map_[~MASK] if anomalous[row] else map_
        assert np.array_equal(found.negatives[row], binned(normal, COARSE))
        met = binned(map_[MASK], COARSE) * member[row]
        assert np.array_equal(found.positives[row], met)
        assert found.overlap[row] == pytest.approx(met / MASK.sum())
    assert np.array_equal(found.regions, member)
    assert np.array_equal(histograms.has(group), member)


def test_no_defect_is_of_a_size_or_type_that_is_not_there(counted) -> None:
    histograms, *_ = counted
    for group in (Group(defect_size="small"), Group("scratch", "small"), Group("crack")):
        assert not histograms.has(group).any()
        assert not histograms.of(group, FINE).positives.any()


def test_bins_are_laid_over_recall_and_false_positive_rate() -> None:
    rng = np.random.default_rng(0)
    maps = (rng.normal(size=(4, 32, 32)) + 3 * MASK).astype(np.float32)
    edges = bin_edges(rank_pixels([(maps, np.stack([MASK] * 4))]), bins=64)
    assert 32 < len(edges) <= 64
    assert (np.diff(edges) > 0).all()
    met = binned(maps[:, MASK], edges)
    assert met.max() < 0.1 * met.sum()
