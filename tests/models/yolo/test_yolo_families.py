"""Every family and task is trained, predicts, is saved and loaded, for real."""

import numpy as np
import pytest

from iadbe.models.checked import checked_predictions
from iadbe.models.yolo import YoloModel, YoloParams
from iadbe.samples import Samples
from iadbe.testing.drawn import draw_dataset

pytestmark = pytest.mark.slow
pytest.importorskip("ultralytics")

NETWORKS = [
    "yolov3-tiny", "yolov5n", "yolov6n", "yolov8n", "yolov9t", "yolov10n", "yolo11n", "yolo12n",
    "yolo26n", "yolov8n-seg", "yolo11n-seg", "yolo12n-seg", "yolo26n-seg", "yolov8n-cls",
    "yolo11n-cls", "yolo12n-cls", "yolo26n-cls", "yolov5n-p6",
]  # fmt: skip
"""yolov9 segments with a network of 28 million parameters only: tried by hand."""


@pytest.fixture(scope="module")
def frame(tmp_path_factory):
    return draw_dataset(tmp_path_factory.mktemp("drawn"), 48)


@pytest.mark.parametrize("name", NETWORKS)
def test_trains_predicts_and_is_restored(frame, tmp_path, name):
    train = Samples(frame[frame["split"] == "train"], 48, labelled=True)[16:24]
    test = Samples(frame[frame["split"] == "test"], 48)[2:6]
    params = YoloParams(weights=f"{name}.yaml", epochs=1, batch_size=4, balance=False)
    model = YoloModel(params, "cpu")
    model.fit(train, 0)
    found = list(checked_predictions(model, test))
    assert [prediction.boxes is None for prediction in found] == [params.kind == "classify"] * 4
    model.save(tmp_path)
    restored = list(YoloModel.load(tmp_path, "cpu").predict(test))
    for before, after in zip(found, restored, strict=True):
        assert before.image_score == after.image_score
        if before.boxes is not None:
            assert np.array_equal(before.boxes, after.boxes)
            assert np.array_equal(before.anomaly_map, after.anomaly_map)
