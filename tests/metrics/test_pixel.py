import numpy as np
import pytest
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score

from iadbe.metrics.pixel import auroc, average_precision, f1_max, pixel_measures
from iadbe.metrics.ranking import rank_pixels


def test_all_three_metrics_equal_scikit_learn_on_random_stacks(draw_stack) -> None:
    for seed in range(400):
        maps, masks = draw_stack(seed)
        ranking = rank_pixels([(maps, masks)])
        labels, scores = masks.ravel(), maps.ravel().astype(np.float64)
        precision, recall, _ = precision_recall_curve(labels, scores)
        best = np.max(2 * precision * recall / np.maximum(precision + recall, 1e-12))
        assert auroc(ranking) == pytest.approx(roc_auc_score(labels, scores), abs=1e-12), seed
        assert average_precision(ranking) == pytest.approx(
            average_precision_score(labels, scores), abs=1e-12
        ), seed
        assert f1_max(ranking) == pytest.approx(best, abs=1e-12), seed


def test_pixels_may_come_in_any_number_of_blocks(draw_stack) -> None:
    for seed in range(50):
        maps, masks = draw_stack(seed)
        whole = rank_pixels([(maps, masks)])
        parts = rank_pixels((maps[i : i + 1], masks[i : i + 1]) for i in range(len(maps)))
        assert whole.regions == parts.regions
        assert pixel_measures(whole, None) == pixel_measures(parts, None)


def test_a_constant_map_is_worth_nothing() -> None:
    masks = np.zeros((2, 10, 10), bool)
    masks[0, :2] = True
    ranking = rank_pixels([(np.full(masks.shape, 7, np.float32), masks)])
    assert auroc(ranking) == 0.5
    assert average_precision(ranking) == 0.1
    assert f1_max(ranking) == pytest.approx(2 * 0.1 / 1.1)


def test_one_huge_normal_pixel_costs_one_place_only() -> None:
    masks = np.zeros((1, 10, 10), bool)
    masks[0, 0, :5] = True
    maps = masks.astype(np.float32)
    maps[0, 9, 9] = 3e38
    assert auroc(rank_pixels([(maps, masks)])) == pytest.approx(1 - 1 / 95)


def test_n_counts_pixels() -> None:
    masks = np.eye(4, dtype=bool)[None]
    measures = pixel_measures(rank_pixels([(masks.astype(np.float32), masks)]), None)
    assert [(m.metric, m.value, m.n) for m in measures] == [
        ("auroc", 1.0, 16),
        ("average_precision", 1.0, 16),
        ("f1_max", 1.0, 16),
        ("iou_max", 1.0, 16),
    ]


@pytest.mark.parametrize(("fill", "missing"), [(False, "defective"), (True, "normal")])
def test_one_class_only_is_undefined(fill: bool, missing: str) -> None:
    masks = np.full((2, 3, 3), fill)
    ranking = rank_pixels([(np.zeros(masks.shape, np.float32), masks)])
    assert ranking.undefined == f"no {missing} pixel in the test masks"


def test_no_block_at_all_is_undefined() -> None:
    assert rank_pixels([]).undefined == "no defective pixel in the test masks"
