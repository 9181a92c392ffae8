import numpy as np
import pytest

from iadbe.images.overlay import heat_map, overlay


def brightness(picture: np.ndarray) -> np.ndarray:
    return picture.astype(float) @ (0.299, 0.587, 0.114)


def test_hotter_is_brighter_and_the_ends_are_clipped() -> None:
    ramp = np.linspace(-1, 3, 401, dtype=np.float32)[None]
    picture = heat_map(ramp, low=0.0, high=2.0)
    assert picture.shape == (1, 401, 3)
    assert picture.dtype == np.uint8
    assert (np.diff(brightness(picture)[0]) >= -1).all()
    assert tuple(picture[0, 0]) == tuple(picture[0, 100]) == (0, 0, 4)
    assert tuple(picture[0, -1]) == tuple(picture[0, 300]) == (252, 255, 164)


@pytest.mark.parametrize("value", [0.0, 1e30, -1e30])
def test_a_scale_without_width_is_cold(value: float) -> None:
    picture = heat_map(np.full((2, 2), value, np.float32), low=value, high=value)
    assert (picture == (0, 0, 4)).all()


def test_a_scale_over_24_decades() -> None:
    picture = heat_map(np.array([[1e-12, 1e12]], np.float32), low=1e-12, high=1e12)
    assert brightness(picture)[0, 1] > brightness(picture)[0, 0] + 200


def test_the_overlay_has_the_size_of_the_image_and_glows_where_the_map_does() -> None:
    image = np.full((60, 80, 3), 0.5, np.float32)
    map_ = np.zeros((15, 20), np.float32)
    map_[:, :10] = 1.0
    picture = np.asarray(overlay(image, map_, 0.0, 1.0)).astype(int)
    assert picture.shape == (60, 80, 3)
    assert brightness(picture)[:, :30].mean() > brightness(picture)[:, 50:].mean() + 60


def test_the_image_stays_legible_under_a_cold_map() -> None:
    image = np.zeros((20, 20, 3), np.float32)
    image[:, 10:] = 1.0
    picture = brightness(np.asarray(overlay(image, np.zeros((5, 5), np.float32), 0.0, 1.0)))
    assert picture[:, 10:].mean() > picture[:, :10].mean() + 150
