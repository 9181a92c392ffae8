import numpy as np

from iadbe.models.rkde.painting import painted


def paint(boxes, scores, size=8, background=-5.0):
    return painted(np.array(boxes, dtype=np.float32), np.array(scores), size, background)


def test_where_regions_overlap_the_highest_score_shows():
    anomaly_map = paint([[0, 0, 4, 4], [2, 2, 6, 6]], [3.0, 1.0])
    assert anomaly_map.dtype == np.float32
    assert (anomaly_map[:4, :4] == 3).all()
    assert (anomaly_map[4:6, 2:6] == 1).all()
    assert (anomaly_map[2:4, 4:6] == 1).all()


def test_pixels_of_no_region_get_the_background():
    anomaly_map = paint([[1, 2, 3, 4]], [0.5])
    assert (anomaly_map == 0.5).sum() == 4
    assert anomaly_map[2, 1] == 0.5
    assert (anomaly_map == -5).sum() == 60


def test_the_order_of_regions_does_not_matter():
    boxes, scores = [[0, 0, 4, 4], [2, 2, 6, 6], [3, 0, 8, 8]], [1.0, 3.0, 2.0]
    np.testing.assert_array_equal(paint(boxes, scores), paint(boxes[::-1], scores[::-1]))


def test_boxes_are_held_to_the_image_and_never_vanish():
    assert (paint([[-3, -3, 20, 20]], [1.0]) == 1).all()
    assert (paint([[8, 8, 8, 8]], [1.0]) == 1).sum() == 1
