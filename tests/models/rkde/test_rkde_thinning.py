import numpy as np

from iadbe.models.rkde.thinning import Thinned


def kept(most, seed, total=1000, step=7):
    thinned = Thinned(most, seed)
    rows = np.arange(total, dtype=np.float32)[:, None]
    for start in range(0, total, step):
        thinned.add(rows[start : start + step])
        assert thinned._held <= 2 * most
    return thinned.rows()[:, 0]


def test_few_rows_are_all_kept_in_order():
    thinned = Thinned(10, seed=0)
    thinned.add(np.array([[3.0], [1.0]], dtype=np.float32))
    thinned.add(np.array([[2.0]], dtype=np.float32))
    np.testing.assert_array_equal(thinned.rows()[:, 0], [3, 1, 2])


def test_of_many_as_many_as_asked_for_are_kept():
    rows = kept(100, seed=1)
    assert len(rows) == 100
    assert (np.diff(rows) > 0).all()


def test_the_same_seed_keeps_the_same():
    np.testing.assert_array_equal(kept(50, seed=2), kept(50, seed=2))
    assert set(kept(50, seed=2)) != set(kept(50, seed=3))


def test_early_and_late_rows_have_the_same_chance():
    means = [kept(100, seed).mean() for seed in range(100)]
    # The mean of 100 of 0..999 has standard deviation 27; that of a hundred of them 2.7.
    assert abs(np.mean(means) - 499.5) < 12
