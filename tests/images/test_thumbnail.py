"""Small pictures of images and masks."""

import io

import numpy as np
from PIL import Image

from iadbe.images.thumbnail import image_thumbnail, mask_thumbnail


def picture(data):
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image)


def test_an_image_keeps_its_colours_and_is_never_enlarged():
    image = np.zeros((64, 64, 3), np.float32)
    image[:, :, 0] = 1
    small = picture(image_thumbnail(image, 16))
    assert small.shape == (16, 16, 3)
    assert np.abs(small.astype(int) - (255, 0, 0)).max() < 12
    assert picture(image_thumbnail(image, 500)).shape == (64, 64, 3)


def test_a_defect_of_one_pixel_does_not_vanish():
    mask = np.zeros((256, 256), bool)
    mask[200, 40] = True
    small = picture(mask_thumbnail(mask, 32))
    assert np.argwhere(small).tolist() == [[25, 5]]


def test_an_empty_or_unknown_mask_has_no_picture():
    assert mask_thumbnail(None) is None
    assert mask_thumbnail(np.zeros((8, 8), bool)) is None
