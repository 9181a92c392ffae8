import numpy as np
import pytest

# Through our own door: imported directly, Ultralytics changes Pillow for every other test.
pytest.importorskip("iadbe.models.yolo.library")


@pytest.fixture(scope="module")
def model():
    import torch

    from iadbe.models.yolo.library import DetectionModel

    torch.manual_seed(0)
    return DetectionModel("yolov8n.yaml", nc=1, verbose=False).eval()


def test_the_map_holds_the_highest_confidence_over_a_pixel():
    from iadbe.models.yolo.detection import paint

    boxes = np.array([[0, 0, 4, 4, 0.9], [2, 2, 8, 8, 0.3], [6, 6, 99, 99, 0.5]], np.float32)
    canvas = paint(boxes, 8)
    assert canvas.dtype == np.float32
    assert canvas[3, 3] == np.float32(0.9)
    assert canvas[5, 5] == np.float32(0.3)
    assert canvas[7, 7] == np.float32(0.5)
    assert canvas[0, 7] == 0


def test_no_box_is_an_empty_map():
    from iadbe.models.yolo.detection import paint

    assert not paint(np.zeros((0, 5), np.float32), 8).any()


def test_the_score_is_the_peak_of_the_map_and_knows_no_floor(model):
    from iadbe.models.yolo.detection import detect

    image = np.random.default_rng(0).random((96, 96, 3), dtype=np.float32)
    score, anomaly_map = detect(model, image, 96, 0.0)
    assert 0 < score < 1
    assert anomaly_map.shape == (96, 96)
    assert anomaly_map.max() == np.float32(score)
    floored, empty = detect(model, image, 96, 0.99)
    assert floored == score
    assert not empty.any()


def test_boxes_are_scaled_back_to_the_sample(model):
    from iadbe.models.yolo.detection import detect

    image = np.random.default_rng(0).random((50, 50, 3), dtype=np.float32)
    _, anomaly_map = detect(model, image, 64, 0.0)
    assert anomaly_map.shape == (50, 50)
    assert anomaly_map.any()
