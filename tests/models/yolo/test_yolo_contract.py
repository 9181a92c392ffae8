import pytest

from iadbe.models.yolo import YoloModel
from iadbe.testing import parametrize_checks

SHORT = {"epochs": 1, "batch_size": 8}


@pytest.mark.slow
@parametrize_checks(YoloModel, {"weights": "yolov8n.yaml", **SHORT})
def test_a_detector_keeps_the_contract(check):
    check()


@pytest.mark.slow
@parametrize_checks(YoloModel, {"weights": "yolo11n-seg.yaml", **SHORT})
def test_a_segmenter_keeps_the_contract(check):
    check()


@pytest.mark.slow
@parametrize_checks(YoloModel, {"weights": "yolo11n-cls.yaml", **SHORT})
def test_a_classifier_keeps_the_contract(check):
    check()
