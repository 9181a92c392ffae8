import numpy as np
import pytest

from iadbe.convert.outlines import outline
from iadbe.convert.run_lengths import decode, encode
from iadbe.layouts.polygons import fill_polygons


@pytest.mark.parametrize("seed", range(12))
def test_an_outline_filled_is_the_mask_again(seed) -> None:
    rng = np.random.default_rng(seed)
    mask = rng.random((rng.integers(1, 40), rng.integers(1, 40))) < rng.uniform(0.05, 0.95)
    mask[0, 0] = True
    assert (fill_polygons([outline(mask)], *mask.shape) == mask).all()
    shares = np.array([[float(f"{v:.9g}") for v in p] for p in outline(mask) / mask.shape[::-1]])
    assert (fill_polygons([shares * mask.shape[::-1]], *mask.shape) == mask).all()


def test_a_rectangle_has_four_corners() -> None:
    mask = np.zeros((9, 12), dtype=bool)
    mask[2:5, 3:11] = True
    assert sorted(map(tuple, outline(mask))) == [(3, 2), (3, 5), (11, 2), (11, 5)]


def test_polygons_are_filled_as_by_an_independent_rule() -> None:
    """Against the winding of angles around each pixel's centre, for a triangle and a star."""
    star = [
        (20 + r * np.cos(t), 15 + r * np.sin(t))
        for r, t in zip([14, 6] * 5, np.linspace(0, 2 * np.pi, 11)[:-1], strict=True)
    ]
    for points in (np.array([(2.2, 3.1), (37.9, 8.4), (11.3, 28.7)]), np.array(star)):
        y, x = np.mgrid[0:30, 0:40] + 0.5
        angles = np.arctan2(points[:, 1, None, None] - y, points[:, 0, None, None] - x)
        turns = (np.roll(angles, -1, axis=0) - angles + np.pi) % (2 * np.pi) - np.pi
        inside = np.abs(turns.sum(axis=0)) > np.pi
        assert (fill_polygons([points], 30, 40) == inside).all()


@pytest.mark.parametrize("seed", range(5))
def test_run_lengths_come_back(seed) -> None:
    mask = np.random.default_rng(seed).random((7, 11)) < [0, 0.1, 0.5, 0.9, 1][seed]
    assert (decode(encode(mask), 7, 11) == mask).all()


def test_the_text_form_of_cocoapi() -> None:
    """`pycocotools.mask.encode` of this mask gives this text; computed by its algorithm by hand."""
    mask = np.zeros((4, 5), dtype=bool)
    mask[1:3, 1:4] = True
    assert encode(mask) == [5, 2, 2, 2, 2, 2, 5]
    # x - runs[-2] from the fourth on: 5 2 2 0 0 0 3, each below 16, thus one character 48 + x.
    assert (decode("5220003", 4, 5) == mask).all()


def test_a_long_run_takes_two_characters() -> None:
    mask = np.ones((10, 10), dtype=bool)
    assert (decode("0T3", 10, 10) == mask).all()  # 100 = 0b00011_00100: 36 + 48, 3 + 48


def test_runs_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="hold 5 pixels, not 2×3"):
        decode([2, 3], 2, 3)
