import copy

import pytest

pytest.importorskip("iadbe.models.yolo.library")

from iadbe.errors import WeightsError
from iadbe.models.yolo.architectures import is_usable, shipped_names, task_of_name
from iadbe.models.yolo.network import architecture_of, build


@pytest.fixture
def architecture():
    return architecture_of("yolov8n.yaml", None)


def changed(architecture, place, module):
    other = copy.deepcopy(architecture)
    other["head"][place][2] = module
    return other


def test_every_family_is_shipped():
    families = {"yolov3-tiny", "yolov5", "yolov6", "yolov8", "yolov9t", "yolov10n", "yolo11"}
    assert families | {"yolo12", "yolo26"} <= shipped_names()
    assert {
        "yolov8-seg",
        "yolov9c-seg",
        "yolo11-seg",
        "yolo12-seg",
        "yolo26-seg",
    } <= shipped_names()
    assert {"yolov8-cls", "yolo11-cls", "yolo12-cls", "yolo26-cls"} <= shipped_names()
    assert all(map(is_usable, shipped_names()))


def test_every_shipped_architecture_passes_the_check():
    from iadbe.models.yolo.network import _check

    for name in sorted(shipped_names()):
        _check(architecture_of(f"{name}.yaml", None), task_of_name(name))


@pytest.mark.parametrize(
    "module", ["torch_safe_load", "Path", "nn.functional", "os.system", "TorchVision", "nn.init", 3]
)
def test_what_is_no_layer_is_never_called(architecture, module):
    with pytest.raises(WeightsError, match="no layers"):
        build(changed(architecture, 0, module), "detect", 1)


def test_an_activation_is_never_evaluated(architecture, tmp_path):
    trace = tmp_path / "trace"
    for activation in (
        f"open({str(trace)!r}, 'w')", f"nn.ReLU(open({str(trace)!r}, 'w'))", "nn.ReLU() or exit()"
    ):  # fmt: skip
        with pytest.raises(WeightsError, match=r"none of torch\.nn's"):
            build({**architecture, "activation": activation}, "detect", 1)
    assert not trace.exists()
    assert build({**architecture, "activation": "nn.LeakyReLU(0.1)"}, "detect", 1)


def test_the_head_must_be_that_of_the_task(architecture):
    with pytest.raises(WeightsError, match="set task: detect"):
        build(architecture, "segment", 1)
    with pytest.raises(WeightsError, match="ends in Pose"):
        build(changed(architecture, -1, "Pose"), "detect", 1)


@pytest.mark.parametrize(
    "broken", [{}, {"backbone": 3, "head": 4}, {"backbone": [[1]], "head": []}]
)
def test_what_is_no_architecture_is_refused(broken):
    with pytest.raises(WeightsError, match="no layers in backbone and head"):
        build(broken, "detect", 1)
