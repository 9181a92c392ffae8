import numpy as np

from iadbe.metrics.defect_regions import find_regions
from iadbe.metrics.region_recall import found_regions


def draw(*boxes: tuple[int, int, int, int, float]) -> np.ndarray:
    map_ = np.zeros((30, 30), np.float32)
    for top, left, bottom, right, score in boxes:
        map_[top:bottom, left:right] = score
    return map_


TWO = find_regions(draw((2, 2, 6, 6, 1), (20, 20, 26, 26, 1)) > 0)


def found(map_: np.ndarray, threshold: float = 0.5) -> list[bool]:
    return found_regions(map_, TWO, np.float32(threshold)).tolist()


def test_a_region_with_its_peak_in_a_defect_finds_it() -> None:
    assert found(draw((1, 1, 8, 8, 1), (3, 3, 4, 4, 2))) == [True, False]


def test_a_region_with_its_peak_beside_the_defect_does_not() -> None:
    assert found(draw((1, 1, 12, 12, 1), (10, 10, 11, 11, 2))) == [False, False]


def test_one_region_may_find_two() -> None:
    assert found(draw((2, 2, 26, 26, 1), (3, 3, 4, 4, 2))) == [True, True]


def test_a_flood_finds_nothing() -> None:
    assert found(np.ones((30, 30), np.float32)) == [False, False]
    assert found(np.ones((30, 30), np.float32), -np.inf) == [False, False]


def test_nothing_above_the_threshold_finds_nothing() -> None:
    assert found(draw((2, 2, 6, 6, 1)), 1.0) == [False, False]
