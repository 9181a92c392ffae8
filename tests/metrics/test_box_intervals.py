import numpy as np
import pandas as pd
import pytest

from iadbe.metrics.box_intervals import box_intervals
from iadbe.metrics.box_ranking import BoxRanking, rank_boxes
from iadbe.metrics.detection import METRICS, detection_values
from iadbe.metrics.detection_table import detection_table
from iadbe.metrics.intervals import with_box_intervals
from iadbe.metrics.measure import Measure
from iadbe.models.protocol import Prediction
from iadbe.statistics.bootstrap import bootstrap_weights

IMAGES = 14


def draw(seed: int = 0) -> tuple[list[tuple[str, np.ndarray]], pd.DataFrame]:
    """True boxes in all but the first four images; predicted near them, and anywhere."""
    rng = np.random.default_rng(seed)
    truth, predictions = [], []
    for n in range(IMAGES):
        low = rng.random((0 if n < 4 else 2, 2)) * 0.6
        true = np.hstack([low, low + 0.1 + 0.2 * rng.random(low.shape)])
        anywhere = rng.random((3, 2)) * 0.6
        found = true[: rng.integers(0, 3)]
        near = found + rng.normal(0, 0.01, found.shape)
        boxes = np.vstack([near, np.hstack([anywhere, anywhere + 0.2])])
        confidence = rng.integers(1, 9, len(boxes)) / 9
        truth.append((f"{n}", true))
        rows = np.column_stack([boxes, confidence]).astype(np.float32)
        predictions.append(Prediction(f"{n}", 0.0, boxes=rows))
    return truth, detection_table(predictions)


def repeated(truth, table, times) -> BoxRanking:
    """The images as often as they are drawn, each under a name of its own."""
    again, tables = [], []
    for (name, boxes), n in zip(truth, times, strict=True):
        for copy in range(n):
            again.append((f"{name} {copy}", boxes))
            tables.append(table[table["sample_id"] == name].assign(sample_id=f"{name} {copy}"))
    return rank_boxes(again, pd.concat(tables))


@pytest.mark.parametrize("seed", range(5))
def test_a_resample_has_the_metrics_of_its_images(seed: int) -> None:
    truth, table = draw(seed)
    ranking = rank_boxes(truth, table)
    for times in bootstrap_weights(np.arange(IMAGES) // 4, resamples=10, seed=seed):
        expected = detection_values(repeated(truth, table, times).counts())
        for kept in (ranking, ranking.where_it_hits()):
            assert detection_values(kept.counts(times)) == pytest.approx(expected)


def test_intervals_stand_around_the_values_as_wide_as_the_resamples_spread() -> None:
    ranking = rank_boxes(*draw())
    values = detection_values(ranking.counts())
    weights = bootstrap_weights((np.arange(IMAGES) >= 4).astype(int), resamples=300)
    spread = np.std([detection_values(ranking.counts(times))["map50"] for times in weights])
    found = box_intervals(ranking, values, weights)
    assert set(found) == set(METRICS)
    assert all(found[name].low < values[name] < found[name].high for name in METRICS)
    assert found["map50"].high - found["map50"].low == pytest.approx(2 * 1.96 * spread, rel=0.2)


def test_a_model_that_hits_nothing_has_no_interval() -> None:
    truth, table = draw()
    far = table.assign(left=0.99, top=0.99, right=1.0, bottom=1.0)
    ranking = rank_boxes(truth, far)
    weights = bootstrap_weights(np.ones(IMAGES, int), resamples=5)
    few = ranking.where_it_hits()
    assert len(few.last) == 1
    assert all(detection_values(few.counts(times))["map50"] == 0.0 for times in weights)
    assert box_intervals(ranking, {"map50": 0.0}, weights)["map50"].low is None


def test_a_draw_without_the_images_that_hit_has_a_precision_of_zero() -> None:
    true, miss, hit = [0.0, 0.0, 0.3, 0.3], [0.6, 0.6, 0.9, 0.9], [0.0, 0.0, 0.3, 0.3]
    table = detection_table(
        [
            Prediction("a", 0.0, boxes=np.array([[*miss, 0.9], [*hit, 0.8]], np.float32)),
            Prediction("b", 0.0, boxes=np.array([[*miss, 0.5]], np.float32)),
        ]
    )
    ranking = rank_boxes([("a", np.array([true])), ("b", np.array([true]))], table)
    only_b = ranking.where_it_hits().counts(np.array([0, 2]))
    assert detection_values(only_b)["precision"] == 0.0
    interval = box_intervals(ranking, {"precision": 0.5}, bootstrap_weights(np.ones(2, int)))
    assert interval["precision"].low == pytest.approx(0.15, abs=0.05)


def test_a_single_image_with_defects_does_not_vary() -> None:
    truth, table = draw()
    ranking = rank_boxes(truth[:5], table)
    measures = [Measure("region", "map50", 0.5, 2)]
    assert with_box_intervals(measures, ranking, np.array([0, 0, 0, 0, 1], np.int8)) == measures
    assert with_box_intervals(measures, None, np.array([0, 1], np.int8)) == measures
