import numpy as np
import pytest
from PIL import Image

pytest.importorskip("cv2")

from iadbe.models.yolo.labels import defect_boxes, label_lines, outlines
from iadbe.samples import Sample


def sample(tmp_path, mask=None, boxes=None, size=20):
    path = None
    if mask is not None:
        path = tmp_path / "mask.png"
        Image.fromarray(mask.astype(np.uint8)).save(path)
    return Sample("a", tmp_path / "a.png", size, label=1, mask_path=path, boxes=boxes)


def test_without_boxes_each_connected_region_of_the_mask_is_one(tmp_path):
    mask = np.zeros((10, 20), dtype=np.uint8)
    mask[1:3, 2:6] = 1
    mask[3, 6] = 1  # touches the first region at a corner
    mask[8, 15:20] = 1
    # the mask is read at 20 x 20: every row twice
    assert defect_boxes(sample(tmp_path, mask)) == ((0.1, 0.1, 0.35, 0.4), (0.75, 0.8, 1.0, 0.9))


def test_given_boxes_come_first(tmp_path):
    box = (0.1, 0.2, 0.3, 0.4)
    assert defect_boxes(sample(tmp_path, np.ones((4, 4)), (box,))) == (box,)


def test_the_outline_filled_is_the_region(tmp_path):
    import cv2

    rows, columns = np.mgrid[:64, :64]
    mask = ((rows - 30) ** 2 + (columns - 20) ** 2 < 150) | ((rows > 50) & (columns > 60))
    mask[3, 5:30] = True  # a scratch, one pixel wide
    mask[10, 60] = True  # a single pixel
    found = outlines(sample(tmp_path, mask, size=64))
    canvas = np.zeros((64, 64), np.uint8)
    for polygon in found:
        assert len(polygon) >= 4
        cv2.fillPoly(canvas, [(np.array(polygon) * 64).astype(np.int32)], 1)
    assert len(found) == 4
    extra = canvas.astype(bool) & ~mask
    assert not (mask & ~canvas.astype(bool)).any()
    assert extra.sum() <= 30  # thin regions grow by the pixel at their end


def test_an_outline_without_a_mask_is_the_box(tmp_path):
    found = outlines(sample(tmp_path, boxes=((0.1, 0.2, 0.3, 0.4),)))
    assert found == [[(0.1, 0.2), (0.3, 0.2), (0.3, 0.4), (0.1, 0.4)]]
    [line] = label_lines(sample(tmp_path, boxes=((0.1, 0.2, 0.3, 0.4),)), "segment")
    assert line == "0 0.100000 0.200000 0.300000 0.200000 0.300000 0.400000 0.100000 0.400000\n"


def test_a_defect_without_a_place_has_no_line(tmp_path):
    for task in ("detect", "segment"):
        assert label_lines(sample(tmp_path), task) == []
