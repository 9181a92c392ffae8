import tracemalloc

import numpy as np
import pytest
from scipy.stats import gaussian_kde
from sklearn.decomposition import PCA

from iadbe.models.rkde.density import RegionDensity


def draw(n, width=32, seed=0):
    rng = np.random.default_rng(seed)
    return (rng.normal(size=(n, width)) * np.linspace(3, 0.1, width) + 1).astype(np.float32)


def reference(train, test, components, scaling):
    """PCA and scaling spelled out, the density by scipy."""
    pca = PCA(components, svd_solver="full").fit(train.astype(np.float64))
    points, asked = pca.transform(train), pca.transform(test)
    lengths = np.linalg.norm(points, axis=1)
    if scaling == "scale":
        points, asked = points / lengths.max(), asked / lengths.max()
    else:
        points = points / lengths[:, None]
        asked = asked / np.linalg.norm(asked, axis=1, keepdims=True)
    return -gaussian_kde(points.T).logpdf(asked.T)


@pytest.mark.parametrize(
    ("scaling", "components"), [("scale", 1), ("scale", 2), ("scale", 8), ("norm", 2), ("norm", 8)]
)
def test_it_is_the_density_of_scipy(scaling, components):
    train, test = draw(200), draw(20, seed=1)
    density = RegionDensity.fit(train, components, scaling)
    expected = reference(train, test, components, scaling)
    np.testing.assert_allclose(density.scores(test), expected, rtol=1e-4, atol=1e-3)


def test_far_away_scores_do_not_tie():
    density = RegionDensity.fit(draw(100), 4, "scale")
    far = np.ones((4, 32)) * np.array([[1e3], [1e4], [1e5], [1e6]])
    scores = density.scores(far)
    assert np.isfinite(scores).all()
    assert (np.diff(scores) > 0).all()


@pytest.mark.parametrize("scaling", ["scale", "norm"])
@pytest.mark.parametrize("value", [0.0, 3.0])
def test_regions_that_do_not_vary_have_a_density(scaling, value):
    same = np.full((20, 32), value, dtype=np.float32)
    density = RegionDensity.fit(same, 4, scaling)
    scores = density.scores(np.concatenate([same[:2], draw(3)]))
    assert np.isfinite(scores).all()
    assert scores[:2].max() < scores[2:].min()


def test_few_distinct_regions_have_a_density():
    train = np.repeat(draw(2), 10, axis=0)
    density = RegionDensity.fit(train, 4, "scale")
    assert density.scores(train).max() < density.scores(draw(3, seed=5)).min()


def test_no_score_is_below_the_lowest():
    density = RegionDensity.fit(draw(30), 4, "scale")
    assert density.scores(draw(200, seed=2)).min() > density.lowest_score
    same = RegionDensity.fit(np.ones((20, 32)), 4, "scale")
    assert same.scores(np.ones((1, 32)))[0] == pytest.approx(same.lowest_score)


def test_a_planted_outlier_is_the_most_anomalous_region():
    density = RegionDensity.fit(draw(500), 8, "scale")
    regions = draw(10, seed=3)
    regions[7, :3] += 30
    scores = density.scores(regions)
    assert scores.argmax() == 7
    assert scores[7] > density.scores(draw(500, seed=4)).max()


def test_memory_is_bounded_for_many_regions():
    rng = np.random.default_rng(0)
    points = rng.normal(size=(40_000, 16))
    density = RegionDensity(np.zeros(16), np.eye(16), np.array(1.0), np.eye(16), points)
    tracemalloc.start()
    density.scores(rng.normal(size=(1000, 16)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    all_distances = 40_000 * 1000 * 8
    assert peak < all_distances / 3


def test_chunks_do_not_change_scores(monkeypatch):
    density, asked = RegionDensity.fit(draw(100), 4, "scale"), draw(9, seed=1)
    whole = density.scores(asked)
    monkeypatch.setattr("iadbe.models.rkde.density._CHUNK_BYTES", 2 * 100 * 8)
    np.testing.assert_allclose(density.scores(asked), whole, rtol=1e-12)


@pytest.mark.parametrize("scaling", ["scale", "norm"])
def test_saved_and_loaded_it_scores_the_same(tmp_path, scaling):
    density = RegionDensity.fit(draw(50), 4, scaling)
    density.save(tmp_path / "density.npz")
    loaded = RegionDensity.load(tmp_path / "density.npz")
    np.testing.assert_array_equal(loaded.scores(draw(9)), density.scores(draw(9)))


@pytest.mark.slow
def test_it_is_the_density_of_anomalib_where_that_does_not_underflow():
    """For `scale` only: with `norm`, Anomalib 2.7 centres the training points but no others."""
    import torch
    from anomalib.models.components.classification import FeatureScalingMethod, KDEClassifier

    train, test = draw(200), draw(20, seed=1)
    theirs = KDEClassifier(8, FeatureScalingMethod.SCALE)
    theirs.fit(torch.from_numpy(train))
    expected = -theirs.compute_kde_scores(torch.from_numpy(test), as_log_likelihood=True)
    ours = RegionDensity.fit(train, 8, "scale").scores(test)
    np.testing.assert_allclose(ours, expected.numpy(), rtol=2e-3, atol=2e-2)
