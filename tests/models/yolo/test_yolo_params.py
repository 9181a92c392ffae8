from pathlib import Path

import pytest
from pydantic import ValidationError

from iadbe.errors import WeightsError
from iadbe.models.weights import resolve
from iadbe.models.yolo import YoloModel, YoloParams


@pytest.mark.parametrize(
    "weights",
    [
        "yolov8n", "yolov8n.onnx", "https://x.org/a.pt", "yolov8n-pose.yaml", "a-obb.pt",
        "yoloe-11s.yaml", "yolov8s-world.yaml", "rtdetr-l.yaml", "yolo11-cls-resnet18.yaml",
    ],
)  # fmt: skip
def test_only_local_networks_for_images_are_allowed(weights):
    with pytest.raises(ValidationError, match="give a"):
        YoloParams(weights=weights)


@pytest.mark.parametrize(
    ("weights", "task", "kind"),
    [
        ("yolov3-tiny.yaml", None, "detect"),
        ("yolo26n-seg.yaml", None, "segment"),
        ("yolov8n-seg-p6.yaml", "segment", "segment"),
        ("yolo12x-cls.yaml", None, "classify"),
        ("best.pt", None, "detect"),
        ("best.pt", "classify", "classify"),
        ("mine-seg.pt", None, "segment"),
        ("semifinal-world-cup.pt", None, "detect"),
    ],
)
def test_the_task_is_given_or_told_by_the_name(weights, task, kind):
    params = YoloParams(weights=weights, task=task)
    assert params.kind == kind
    assert YoloModel(params, "cpu").localizes == (kind != "classify")


def test_a_shipped_architecture_has_one_task():
    with pytest.raises(ValidationError, match=r"yolov8n\.yaml is an architecture to detect"):
        YoloParams(weights="yolov8n.yaml", task="segment")


@pytest.mark.parametrize(
    ("weights", "near"), [("yolo8n.yaml", "yolov8n"), ("yolov11n.yaml", "yolo11n")]
)
def test_an_unknown_architecture_is_refused_with_a_suggestion(weights, near):
    pytest.importorskip("ultralytics")
    with pytest.raises(ValidationError, match=f"did you mean '{near}"):
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
    [weights] = YoloModel.weights(params)
    assert (weights.source, weights.file) == ("local", "mine.pt")
    assert resolve(weights) == tmp_path / "mine.pt"
    assert not params.from_scratch


def test_an_architecture_of_ultralytics_needs_no_file():
    params = YoloParams(weights="yolov8n.yaml")
    assert YoloModel.files(params) == YoloModel.weights(params) == []


def test_a_checkpoint_may_lie_in_the_folder_of_weights(tmp_path, monkeypatch):
    (tmp_path / "mine.pt").touch()
    monkeypatch.setenv("IADBE_WEIGHTS", str(tmp_path))
    assert YoloModel.files(YoloParams(weights="mine.pt")) == [tmp_path / "mine.pt"]


@pytest.mark.parametrize(
    ("imgsz", "size", "expected"), [(None, 256, 256), (None, 250, 256), (100, 256, 128)]
)
def test_the_input_is_a_multiple_of_32(imgsz, size, expected):
    assert YoloParams(imgsz=imgsz).input_size(size) == expected


def test_networks_with_a_fourth_level_take_multiples_of_64():
    assert YoloParams(weights="yolov5n-p6.yaml", imgsz=100).input_size(256) == 128
