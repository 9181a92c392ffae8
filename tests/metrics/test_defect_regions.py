import numpy as np

from iadbe.metrics.defect_regions import find_regions, image_size_name, size_places


def test_diagonal_pixels_are_one_region() -> None:
    found = find_regions(np.eye(5, dtype=bool))
    assert found.area.tolist() == [5]
    assert np.allclose(found.share, 0.2)


def test_sizes_are_shares_of_the_image() -> None:
    assert size_places([1, 24, 25, 99, 100, 10_000], 10_000).tolist() == [0, 0, 1, 1, 2, 2]


def test_an_image_is_as_large_as_its_largest_defect() -> None:
    mask = np.zeros((100, 100), bool)
    assert image_size_name(find_regions(mask)) is None
    mask[0, 0] = mask[10:20, 10:20] = True
    assert image_size_name(find_regions(mask)) == "large"
