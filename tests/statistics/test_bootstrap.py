import numpy as np

from iadbe.statistics.bootstrap import bootstrap_weights

LABELS = np.array([0, 1, 0, 1, 1, 0, 0], np.int8)


def test_every_resample_has_as_many_of_each_label_as_the_test_set() -> None:
    weights = bootstrap_weights(LABELS, resamples=200, seed=3)
    assert weights.shape == (200, 7)
    assert (weights[:, LABELS == 0].sum(axis=1) == 4).all()
    assert (weights[:, LABELS == 1].sum(axis=1) == 3).all()


def test_every_image_is_drawn_once_on_average_and_not_always() -> None:
    weights = bootstrap_weights(LABELS, resamples=20_000, seed=0)
    assert np.allclose(weights.mean(axis=0), 1, atol=0.03)
    # Of n images drawn n times, one is left out with probability (1 - 1/n)^n.
    left_out = np.where(LABELS == 0, (3 / 4) ** 4, (2 / 3) ** 3)
    assert np.allclose((weights == 0).mean(axis=0), left_out, atol=0.02)


def test_the_seed_decides() -> None:
    same = [bootstrap_weights(LABELS, 50, seed) for seed in (1, 1, 2)]
    assert (same[0] == same[1]).all()
    assert (same[0] != same[2]).any()
