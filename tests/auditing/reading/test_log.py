import pytest

from iadbe.auditing import read_log
from iadbe.auditing.reading.log import read_runs

SCRIPT = """/bin/python /home/a/train_test_btech_padim.py
2024-05-27 11:36:34,914 - INFO - ================== Processing dataset: 01 ==================
2024-05-27 11:36:34,914 - INFO - Initializing Padim model.
Epoch 0: 100%|##########| 9/9 pixel_AUROC: 0.500
────────────────────────────────────────
       Test metric             DataLoader 0
────────────────────────────────────────
       image_AUROC          0.9970844984054565
        pixel_PRO               3.1e-02
────────────────────────────────────────
2024-05-27 11:37:34,914 - INFO - ================== Processing dataset: 02 ==================
2024-05-27 11:37:34,914 - INFO - Initializing Padim model.
RuntimeError: The size of tensor a (4096) must match
"""
ULTRALYTICS = """Ultralytics YOLOv8.2.71 Python-3.10.14 torch-2.1.2
                 Class     Images  Instances      Box(P          R      mAP50  mAP50-95)
                   all         32         15   0.000642        0.4    0.00115   0.000296
                   all         32         15      0.713        0.6      0.581      0.295
"""


def test_the_command_line_of_anomalib(written, log):
    text = log(data="MVTec", model="padim", screw=0.7895, pill=0.7995)
    frame = read_log(written({"train_test_mvtec_padim.log": text}) / "train_test_mvtec_padim.log")
    mine = frame[frame["metric"] == "image_auroc"]
    assert list(mine["category"]) == ["screw", "pill"]
    assert list(mine["value"]) == [0.7895, 0.7995]
    assert list(mine["line"]) == [5, 12]
    assert set(frame["dataset"]) == {"mvtec_ad"}
    assert set(frame["model"]) == {"padim"}
    assert frame["trained_on"].isna().all()


def test_a_script_with_lightning(written):
    path = written({"train_test_btech_padim.log": SCRIPT}) / "train_test_btech_padim.log"
    frame = read_log(path)
    assert list(frame["metric"]) == ["image_auroc", "pixel_pro"]
    assert list(frame["value"]) == pytest.approx([0.9970844984054565, 0.031])
    assert list(frame["category"]) == ["01", "01"]


def test_a_run_without_result_is_known_with_its_error(written):
    _, failed = read_runs(
        written({"train_test_btech_padim.log": SCRIPT}) / "train_test_btech_padim.log"
    )
    assert (failed.category, failed.metrics) == ("02", {})
    assert failed.error == "RuntimeError: The size of tensor a (4096) must match"


def test_a_renamed_log_is_known_by_its_script(written):
    (first, _) = read_runs(written({"console.log": SCRIPT}) / "console.log")
    assert (first.dataset, first.model) == ("btech", "padim")


def test_ultralytics_gives_its_last_validation(written):
    path = written({"train_test_cardboard_yolov8.log": ULTRALYTICS})
    frame = read_log(path / "train_test_cardboard_yolov8.log")
    assert dict(zip(frame["metric"], frame["value"], strict=True)) == {
        "precision": 0.713,
        "recall": 0.6,
        "map50": 0.581,
        "map50_95": 0.295,
    }
    assert set(frame["line"]) == {4}


def test_a_dataset_with_one_category_names_it_so(written, log):
    text = log(data="Kolektor", model="cfa", screw=0.5).replace("--data.category screw ", "")
    path = written({"train_test_kolektor_cfa.log": text}) / "train_test_kolektor_cfa.log"
    assert set(read_log(path)["category"]) == {"kolektor"}


def test_a_log_without_runs_is_empty_and_typed(written):
    frame = read_log(written({"a.log": "nothing\n"}) / "a.log")
    assert frame.empty
    assert frame["value"].dtype == "float64"
