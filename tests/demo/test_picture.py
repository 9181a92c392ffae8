import numpy as np
import pytest
from scipy import ndimage

from iadbe.demo.flaw import boxes_around, changed_region
from iadbe.demo.picture import CATEGORIES, Picture

KINDS = [(name, defect) for name, kind in CATEGORIES.items() for defect in kind.defects]


@pytest.mark.parametrize(("category", "defect"), KINDS)
def test_a_flaw_changes_its_mask_and_nothing_else(category: str, defect: str) -> None:
    paint = CATEGORIES[category].paint
    scenes = (np.random.default_rng(3), np.random.default_rng(3))
    normal = paint(128, scenes[0], None, np.random.default_rng(4))
    flawed = paint(128, scenes[1], defect, np.random.default_rng(4))
    mask = changed_region(flawed, normal)
    change = np.abs(flawed - normal).max(axis=2)
    assert change[mask].mean() > 0.02
    around = ndimage.binary_dilation(mask, iterations=8)
    assert change[~around].max() < 0.1
    assert change[~around].mean() < 0.001


@pytest.mark.parametrize("category", CATEGORIES)
def test_any_size(category: str) -> None:
    image, mask = Picture(0, category, "test", CATEGORIES[category].defects[0], 0).draw(64)
    assert image.shape == (64, 64, 3)
    assert image.dtype == np.uint8
    assert mask is not None
    assert mask.shape == (64, 64)


def test_a_part_lies_in_any_rotation_and_a_board_does_not() -> None:
    def spread(category: str) -> float:
        images = [Picture(0, category, "train", "good", i).draw(64)[0] for i in range(6)]
        crops = [image[8:56, 8:56].astype(float).mean(axis=2) for image in images]
        return float(np.std(crops, axis=0).max())

    assert spread("part") > 40
    assert spread("board") < 80


def test_an_invisible_change_is_no_flaw() -> None:
    plain = np.full((64, 64, 3), 0.5, dtype=np.float32)
    assert not changed_region(plain + np.float32(0.01), plain).any()


def test_gaps_inside_a_flaw_are_closed_up_to_the_border() -> None:
    plain = np.zeros((64, 64, 3), dtype=np.float32)
    flawed = plain.copy()
    flawed[0:20, 10:30] = 1
    flawed[5:15, 15:25] = 0
    expected = np.zeros((64, 64), dtype=bool)
    expected[0:20, 10:30] = True
    assert (changed_region(flawed, plain) == expected).all()


def test_boxes_join_what_is_near_and_part_what_is_far() -> None:
    mask = np.zeros((56, 112), dtype=bool)
    mask[0:4, 0:8] = mask[5:7, 9:14] = True
    mask[40:56, 84:112] = True
    assert boxes_around(mask) == [(0, 0, 14 / 112, 7 / 56), (0.75, 40 / 56, 1, 1)]
