"""The boxes of a model on their way from prediction to metrics."""

import numpy as np
import pytest

from iadbe.benchmark.cell import Cell
from iadbe.costs.table import cost_table
from iadbe.datasets.model import FittedModel
from iadbe.models.protocol import Prediction
from iadbe.pipelines.evaluation.nodes import evaluate, predict
from iadbe.schemas import DetectionsSchema, MetricsSchema
from iadbe.testing.drawn import draw_dataset

SIZE = 32


class BrightBox:
    """Boxes the pixels above 0.8 and scores their number; the drawn blobs are bright."""

    localizes = False

    def __init__(self, *, boxes):
        self.boxes = boxes

    def predict(self, samples):
        for sample in samples:
            rows, columns = np.nonzero(sample.image.mean(axis=2) > 0.8)
            found = np.zeros((0, 5), np.float32)
            if len(rows):
                edges = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
                found = np.array([[*np.divide(edges, samples.size), 0.9]], np.float32)
            boxes = found if self.boxes else None
            yield Prediction(sample.sample_id, float(len(rows)), boxes=boxes)


@pytest.fixture
def samples(tmp_path):
    return draw_dataset(tmp_path, SIZE)


def run(samples, *, boxes):
    row = samples.iloc[0]
    cell = Cell(
        dataset=row["dataset"], model="bright", category=row["category"], seed=0,
        plugin="bright", params={}, image_size=SIZE, threshold_quantile=0.95,
    )  # fmt: skip
    record = {"fit_seconds": 1.0, "fit_peak_memory_mb": 1.0}
    predicted = predict(FittedModel("bright", BrightBox(boxes=boxes), record), samples, cell)
    metrics, *_ = evaluate(
        cell, samples, predicted.predictions, predicted.anomaly_maps, cost_table([]),
        predicted.run, predicted.detections,
    )  # fmt: skip
    table = MetricsSchema.validate(metrics).set_index(["level", "metric"])
    return predicted, table.loc["region"]


def test_boxes_are_collected_and_measured(samples):
    predicted, region = run(samples, boxes=True)
    detections = DetectionsSchema.validate(predicted.detections)
    assert predicted.run["gives_boxes"]
    assert set(detections["sample_id"]) <= set(samples.loc[samples["label"] == 1, "sample_id"])
    assert region["value"]["map50"] == region["value"]["f1"] == 1
    assert region["n"]["map50"] == 4
    assert region["reason"]["aupro"] == "the model gives no anomaly maps"


def test_a_model_without_boxes_has_an_empty_table_and_null_metrics(samples):
    predicted, region = run(samples, boxes=False)
    assert DetectionsSchema.validate(predicted.detections).empty
    assert not predicted.run["gives_boxes"]
    for metric in ("map50", "map50_95", "precision", "recall", "f1"):
        assert np.isnan(region["value"][metric])
        assert region["reason"][metric] == "the model gives no boxes"
