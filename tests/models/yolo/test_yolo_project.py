"""A benchmark of two YOLOs and a model without boxes, run by command."""

import pandas as pd
import pytest

from iadbe.metrics.overall import overall
from iadbe.schemas import RESULT
from project import new_project

pytestmark = pytest.mark.slow
pytest.importorskip("ultralytics")

SHORT = {"plugin": "yolo", "epochs": 1, "batch_size": 8, "imgsz": 64}


def test_boxes_reach_the_metrics_of_the_benchmark(tmp_path):
    project = new_project(
        tmp_path,
        toy={},
        finder={"weights": "yolov8n.yaml", **SHORT},
        sorter={"weights": "yolo11n-cls.yaml", **SHORT},
    )
    output = project.run("--params", "categories=part")
    runs = project.runs()
    assert set(runs.loc[runs["status"].isin(RESULT), "model"]) >= {"finder", "sorter"}, output
    rows = {m: len(detections(project, m)) for m in ("toy", "finder", "sorter")}
    assert rows["finder"] > 0
    assert rows["toy"] == rows["sorter"] == 0
    metrics = overall(project.report("metrics.parquet")).set_index(["model", "metric"])
    boxes = ["map50", "map50_95", "recall", "f1"]
    assert metrics.loc["finder"].loc[boxes, "value"].notna().all()
    for model in ("toy", "sorter"):
        assert (metrics.loc[model].loc[boxes, "reason"] == "the model gives no boxes").all()
    again = project.stages()
    project.run("--params", "categories=part")
    assert project.redone(again) == set()


def detections(project, model):
    return pd.read_parquet(project.cell(f"demo.{model}.part.s0", "detections.parquet"))
