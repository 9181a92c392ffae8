import numpy as np
import pytest

# Through our own door: imported directly, Ultralytics changes Pillow for every other test.
pytest.importorskip("iadbe.models.yolo.library")

from iadbe.models.yolo.classification import classify
from iadbe.models.yolo.detection import detect, paint
from iadbe.models.yolo.network import architecture_of, build
from iadbe.models.yolo.segmentation import fill, segment


def network(name, task, classes=1):
    import torch

    torch.manual_seed(0)
    return build(architecture_of(name, None), task, classes).eval()


@pytest.fixture(scope="module", params=["yolov8n.yaml", "yolov10n.yaml"])
def detector(request):
    return network(request.param, "detect")


@pytest.fixture(scope="module", params=["yolo11n-seg.yaml", "yolo26n-seg.yaml"])
def segmenter(request):
    return network(request.param, "segment")


@pytest.fixture(scope="module")
def image():
    return np.random.default_rng(0).random((96, 96, 3), dtype=np.float32)


def test_the_map_holds_the_highest_confidence_over_a_pixel():
    boxes = np.array([[0, 0, 4, 4, 0.9], [2, 2, 8, 8, 0.3], [6, 6, 9, 9, 0.5]], np.float32)
    boxes[:, :4] /= 8
    canvas = paint(boxes, 8)
    assert canvas.dtype == np.float32
    assert canvas[3, 3] == np.float32(0.9)
    assert canvas[5, 5] == np.float32(0.3)
    assert canvas[7, 7] == np.float32(0.5)
    assert canvas[0, 7] == 0


def test_no_box_is_an_empty_map():
    assert not paint(np.zeros((0, 5), np.float32), 8).any()


def test_the_score_is_the_peak_of_the_boxes_and_knows_no_floor(detector, image):
    [found] = detect(detector, image[None], 96, 0.0)
    assert 0 < found.score < 1
    assert found.anomaly_map.shape == (96, 96)
    assert found.anomaly_map.max() == found.boxes[:, 4].max() == np.float32(found.score)
    [floored] = detect(detector, image[None], 96, 0.99)
    assert floored.score == found.score
    assert floored.boxes.shape == (0, 5)
    assert not floored.anomaly_map.any()


def test_boxes_are_shares_and_the_map_has_the_edge_that_is_asked_for(detector, image):
    [found] = detect(detector, image[None], 50, 0.0)
    assert found.anomaly_map.shape == (50, 50)
    assert found.boxes.dtype == np.float32
    assert 0 < len(found.boxes) <= 100
    assert (found.boxes[:, :4] >= 0).all()
    assert (found.boxes[:, :4] <= 1).all()
    assert (found.boxes[:, :2] <= found.boxes[:, 2:4]).all()


def test_instances_lie_in_their_boxes(segmenter, image):
    [found] = segment(segmenter, image[None], 96, 0.0)
    assert found.anomaly_map.shape == (96, 96)
    assert found.anomaly_map.dtype == np.float32
    assert found.boxes[:, 4].max() == np.float32(found.score)
    assert (found.anomaly_map <= paint(found.boxes, 96)).all()
    assert segment(segmenter, image[None], 40, 0.0)[0].anomaly_map.shape == (40, 40)
    [nothing] = segment(segmenter, image[None], 40, 0.99)
    assert nothing.score == found.score
    assert not nothing.anomaly_map.any()


def test_the_instance_map_holds_the_highest_confidence_over_a_pixel():
    import torch

    prototypes = torch.full((1, 8, 8), 1.0)
    prototypes[:, :, :4] = -1.0
    rows = torch.tensor(
        [[0, 0, 32, 16, 0.3, 0, 1.0], [0, 0, 32, 32, 0.2, 0, 1.0], [0, 0, 8, 8, 0.9, 0, -1.0]]
    )
    canvas = fill(prototypes, rows, 32)
    assert canvas[4, 28] == np.float32(0.3)
    assert canvas[28, 28] == np.float32(0.2)
    assert canvas[28, 2] == 0  # the prototype is negative there
    assert canvas[4, 4] == np.float32(0.9)
    many = torch.cat([rows[1:2]] * 25 + [rows[:1]])
    assert fill(prototypes, many, 32)[4, 28] == np.float32(0.3)


def test_a_class_score_is_the_difference_of_logits(image):
    import torch

    model = network("yolov8n-cls.yaml", "classify", 2)
    [found] = classify(model, image[None], 96, 0.0)
    with torch.inference_mode():
        probability = model(torch.from_numpy(image).permute(2, 0, 1)[None])[0][0, 1]
    assert found.boxes is None
    assert found.anomaly_map is None
    assert 1 / (1 + np.exp(-found.score)) == pytest.approx(float(probability), abs=1e-6)
    with torch.no_grad():
        model.model[-1].linear.bias[1] += 200  # the probability is now exactly 1
    assert classify(model, image[None], 96, 0.0)[0].score == pytest.approx(
        found.score + 200, rel=1e-5
    )
