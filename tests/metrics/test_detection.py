import contextlib
import io
import json

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from iadbe.metrics.box_matching import IOUS, hits, iou
from iadbe.metrics.box_ranking import rank_boxes
from iadbe.metrics.detection import METRICS, NO_BOXES, detection_measures
from iadbe.metrics.detection_table import detection_table
from iadbe.metrics.true_boxes import true_boxes, unplaced
from iadbe.models.protocol import Prediction
from iadbe.schemas import DetectionsSchema


def draw(seed, *, ties=False):
    """Truth and predictions of a few images; some are empty of one or the other."""
    rng = np.random.default_rng(seed)
    truth, predictions = [], []
    for n in range(int(rng.integers(1, 12))):
        true = boxes_of(rng, int(rng.choice([0, 0, 1, 2, 5])))
        near = np.clip(np.repeat(true, 2, axis=0) + rng.normal(0, 0.02, (2 * len(true), 4)), 0, 1)
        near[:, 2:] = np.maximum(near[:, :2], near[:, 2:])
        boxes = np.concatenate([near, boxes_of(rng, int(rng.choice([0, 1, 4, 130])))])
        confidence = rng.integers(1, 5, len(boxes)) / 8 if ties else rng.random(len(boxes))
        rows = np.column_stack([boxes, confidence]).astype(np.float32)
        truth.append((f"{n}", true))
        predictions.append(Prediction(f"{n}", 0.0, boxes=rows))
    truth.append(("one", np.array([[0.1, 0.1, 0.4, 0.5]])))  # at least one true box
    return truth, detection_table(predictions)


def boxes_of(rng, count):
    low = rng.random((count, 2)) * 0.7
    return np.hstack([low, low + 0.02 + rng.random((count, 2)) * 0.28])


def values(truth, table):
    return {m.metric: m.value for m in detection_measures(rank_boxes(truth, table), None)}


def coco(truth, table):
    """The same by pycocotools."""
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval

    ids = {name: n for n, (name, _) in enumerate(truth, 1)}
    truths = COCO()
    true = [(ids[name], box) for name, boxes in truth for box in boxes]
    truths.dataset = {
        "images": [{"id": n} for n in ids.values()], "categories": [{"id": 1}],
        "annotations": [
            {"id": n, "image_id": image, "category_id": 1, "bbox": xywh(box), "iscrowd": 0,
             "area": float(np.prod(xywh(box)[2:]))}
            for n, (image, box) in enumerate(true, 1)
        ],
    }  # fmt: skip
    found = [
        {"image_id": ids[row.sample_id], "category_id": 1, "score": row.confidence,
         "bbox": xywh((row.left, row.top, row.right, row.bottom))}
        for row in table.itertuples()
    ]  # fmt: skip
    with contextlib.redirect_stdout(io.StringIO()):
        truths.createIndex()
        evaluation = COCOeval(truths, truths.loadRes(found), "bbox")
        evaluation.params.areaRng, evaluation.params.areaRngLbl = [[0, 1e10]], ["all"]
        evaluation.params.maxDets = [100]
        evaluation.evaluate()
        evaluation.accumulate()
    precision = evaluation.eval["precision"][:, :, 0, 0, 0]
    return precision.mean(axis=1)


def xywh(box):
    left, top, right, bottom = map(float, box)
    return [left, top, right - left, bottom - top]


@pytest.mark.parametrize("seed", range(40))
def test_average_precision_is_that_of_pycocotools(seed):
    truth, table = draw(seed)
    if table.empty:
        assert values(truth, table)["map50_95"] == 0
        return
    expected = coco(truth, table)
    ours = values(truth, table)
    assert ours["map50"] == pytest.approx(expected[0], abs=1e-12)
    assert ours["map50_95"] == pytest.approx(expected.mean(), abs=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_order_decides_nothing_even_with_ties(seed):
    truth, table = draw(seed, ties=True)
    shuffled = table.sample(frac=1, random_state=seed)
    backwards = [(name, boxes[::-1]) for name, boxes in truth[::-1]]
    assert values(backwards, shuffled) == values(truth, table)


@pytest.mark.parametrize("seed", range(20))
def test_the_best_f1_is_that_of_trying_every_confidence(seed):
    truth, table = draw(seed, ties=True)
    ours, tried = values(truth, table), [0.0]
    for level in table["confidence"].unique():
        kept = table[table["confidence"] >= level]
        counts = rank_boxes(truth, kept).counts()
        hit, predicted = int(counts.hit[0, -1]), int(counts.predicted[-1])
        tried.append(2 * hit / (predicted + counts.truths))
    assert ours["f1"] == pytest.approx(max(tried), abs=1e-12)
    if ours["f1"]:
        harmonic = 2 / (1 / ours["precision"] + 1 / ours["recall"])
        assert ours["f1"] == pytest.approx(harmonic)


def test_tied_boxes_are_met_at_once():
    true = np.array([[0.0, 0.0, 0.5, 0.5]])
    wrong = [0.6, 0.6, 0.9, 0.9, 0.7]
    right = [0.0, 0.0, 0.5, 0.5, 0.7]
    table = detection_table([Prediction("a", 0.0, boxes=np.array([right, wrong], np.float32))])
    found = values([("a", true)], table)
    assert found["map50"] == found["precision"] == 0.5  # not 1, as if the right one came first
    assert found["recall"] == 1


def test_a_true_box_is_hit_once():
    true = np.array([[0.0, 0.0, 0.5, 0.5]])
    boxes = np.array([[0, 0, 0.5, 0.5], [0, 0, 0.5, 0.48]])
    confidence, hit = hits(boxes, np.array([0.4, 0.9]), true)
    assert confidence.tolist() == [0.9, 0.4]
    assert hit[0].tolist() == [True, False]
    assert hit[-1].tolist() == [True, False]  # an overlap of 0.96
    assert hit.shape == (len(IOUS), 2)


def test_overlap():
    boxes = np.array([[0, 0, 2, 2], [5, 5, 5, 5]], float)
    others = np.array([[1, 1, 3, 3], [0, 0, 2, 2], [5, 5, 5, 5]], float)
    assert iou(boxes, others) == pytest.approx(np.array([[1 / 7, 1, 0], [0, 0, 0]]))


def test_no_predicted_box_is_a_recall_of_zero_and_no_precision():
    table = DetectionsSchema.validate(detection_table([]))
    measures = {
        m.metric: m
        for m in detection_measures(rank_boxes([("a", np.array([[0, 0, 1, 1.0]]))], table), None)
    }
    assert measures["precision"].value is None
    assert measures["precision"].reason == "the model predicted no box"
    assert [measures[m].value for m in ("map50", "map50_95", "recall", "f1")] == [0, 0, 0, 0]
    assert measures["f1"].n == 1


def test_without_boxes_every_row_is_null_and_says_why():
    measures = detection_measures(None, NO_BOXES)
    assert [m.metric for m in measures] == list(METRICS)
    assert all(m.value is None and m.reason == NO_BOXES and m.level == "region" for m in measures)


@pytest.fixture
def test_rows(tmp_path):
    mask = np.zeros((8, 8), np.uint8)
    mask[1:3, 2:6] = 255
    mask[6, 7] = 255
    Image.fromarray(mask).save(tmp_path / "mask.png")
    common = {"image_path": "a.png", "defect_type": "dent", "sha256": "0"}
    return pd.DataFrame(
        [
            {"sample_id": "good", "label": 0, "mask_path": None, "boxes": None, **common},
            {"sample_id": "mask", "label": 1, "mask_path": str(tmp_path / "mask.png"),
             "boxes": None, **common},
            {"sample_id": "boxes", "label": 1, "mask_path": str(tmp_path / "mask.png"),
             "boxes": json.dumps([[0.1, 0.2, 0.3, 0.4]]), **common},
        ]
    )  # fmt: skip


def test_the_truth_is_the_boxes_else_the_regions_of_the_mask(test_rows):
    found = {name: boxes.tolist() for name, boxes in true_boxes(test_rows, 8)}
    assert found == {
        "good": [],
        "mask": [[0.25, 0.125, 0.75, 0.375], [0.875, 0.75, 1.0, 0.875]],
        "boxes": [[0.1, 0.2, 0.3, 0.4]],
    }
    assert unplaced(test_rows) is None


def test_a_defect_without_a_place_leaves_the_rows_undefined(test_rows):
    rows = test_rows.assign(mask_path=None)
    assert unplaced(rows) == "no box or mask for 1 of 2 anomalous test samples"
    assert unplaced(rows[rows["label"] == 0]) == "no anomalous test sample"
    assert unplaced(rows.iloc[:0]) == "no test sample"


def test_the_table_keeps_samples_and_values():
    boxes = np.array([[0, 0.25, 0.5, 1, 0.125]], np.float32)
    table = DetectionsSchema.validate(
        detection_table([Prediction("a", 1.0), Prediction("b", 1.0, boxes=boxes)])
    )
    assert table.to_dict("records") == [
        {"sample_id": "b", "left": 0, "top": 0.25, "right": 0.5, "bottom": 1, "confidence": 0.125}
    ]
