from pathlib import Path

import pytest
from pydantic import ValidationError

from iadbe.errors import WeightsError
from iadbe.models.yolo import YoloModel, YoloParams


@pytest.mark.parametrize(
    "weights", ["yolov8n", "yolov8n.onnx", "https://x.org/a.pt", "yolov8n-seg.yaml", "a-cls.pt"]
)
def test_only_local_detectors_are_allowed(weights):
    with pytest.raises(ValidationError, match="detection architecture"):
        YoloParams(weights=weights)


def test_a_missing_checkpoint_says_what_to_do(tmp_path):
    for weights in ("yolov8n.pt", str(tmp_path / "mine.pt")):
        params = YoloParams(weights=weights)
        with pytest.raises(WeightsError, match="none is ever downloaded") as caught:
            YoloModel.files(params)
        assert f"{Path(weights).stem}.yaml" in str(caught.value)


def test_a_local_checkpoint_is_a_file_of_the_model(tmp_path):
    (tmp_path / "mine.pt").touch()
    params = YoloParams(weights=str(tmp_path / "mine.pt"))
    assert YoloModel.files(params) == [tmp_path / "mine.pt"]
    assert not params.from_scratch


def test_an_architecture_of_ultralytics_needs_no_file():
    assert YoloModel.files(YoloParams(weights="yolov8n.yaml")) == []


@pytest.mark.parametrize(
    ("imgsz", "size", "expected"), [(None, 256, 256), (None, 250, 256), (100, 256, 128)]
)
def test_the_input_is_a_multiple_of_32(imgsz, size, expected):
    assert YoloParams(imgsz=imgsz).input_size(size) == expected
