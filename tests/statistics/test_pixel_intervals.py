"""Maps whose values are the bins, so that a binned value must be the exact one."""

import numpy as np
import pytest

from iadbe.metrics import pixel, region
from iadbe.metrics.ranking import rank_pixels
from iadbe.statistics.bootstrap import bootstrap_weights
from iadbe.statistics.pixel_intervals import ImageHistograms, binned_values, pixel_intervals

BINS, EDGE = 12, 16


def stacks(n: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Whole-numbered maps and masks of n images, every second one with a defect."""
    rng = np.random.default_rng(seed)
    masks = np.zeros((n, EDGE, EDGE), bool)
    for image in masks[1::2]:
        row, column = rng.integers(0, 9, 2)
        image[row : row + 4, column : column + 5] = True
        image[15, : rng.integers(0, 3)] = True
    maps = rng.integers(0, 9, masks.shape) + masks * rng.integers(0, 4, masks.shape)
    return maps, masks


def histograms(maps: np.ndarray, masks: np.ndarray) -> ImageHistograms:
    parts = []
    for image, mask in zip(maps, masks, strict=True):
        ranking = rank_pixels([(image[None].astype(np.float32), mask[None])])
        covered = np.zeros(BINS)
        for score in np.unique(image[mask]):
            met = ranking.overlap[np.unique(image[mask])[::-1] == score][0]
            covered[BINS - 1 - score] = met * ranking.regions
        present = covered > 0
        covered[present] = np.diff(covered[present], prepend=0)
        bins = [np.bincount(BINS - 1 - image[m], minlength=BINS) for m in (~mask, mask)]
        parts.append((*bins, covered, ranking.regions))
    return ImageHistograms(*(np.array(part) for part in zip(*parts, strict=True)))


def exact(maps: np.ndarray, masks: np.ndarray) -> dict[str, float]:
    ranking = rank_pixels([(maps.astype(np.float32), masks)])
    f1 = pixel.f1_max(ranking)
    return {
        "auroc": pixel.auroc(ranking),
        "average_precision": pixel.average_precision(ranking),
        "f1_max": f1,
        "iou_max": f1 / (2 - f1),
        "aupro": region.aupro(ranking),
        "aupro_005": region.aupro(ranking, 0.05),
        "pro_at_f1_max": region.pro_at_f1_max(ranking),
    }


def test_a_resample_has_the_metrics_of_its_images() -> None:
    maps, masks = stacks(10)
    weights = bootstrap_weights(masks.any(axis=(1, 2)).astype(int), resamples=70)
    values = binned_values(histograms(maps, masks), weights)
    for row in (0, 1, 2, 63, 64, 69):
        images = np.repeat(np.arange(10), weights[row])
        for name, value in exact(maps[images], masks[images]).items():
            assert values[name][row] == pytest.approx(value, abs=1e-12), name


def test_intervals_stand_around_the_exact_values() -> None:
    maps, masks = stacks(30)
    weights = bootstrap_weights(masks.any(axis=(1, 2)).astype(int), resamples=300)
    fine, values = histograms(maps, masks), exact(maps, masks)
    coarse = ImageHistograms(
        *(table.reshape(30, -1, 3).sum(axis=2) for table in
          (fine.negatives, fine.positives, fine.overlap)),
        fine.regions,
    )  # fmt: skip
    by_bin = {name: pixel_intervals(fine, weights, values)[name] for name in values}
    for name, interval in pixel_intervals(coarse, weights, values).items():
        assert 0 <= interval.low < values[name] < interval.high <= 1
        width = by_bin[name].high - by_bin[name].low
        assert interval.low == pytest.approx(by_bin[name].low, abs=0.4 * width), name
        assert interval.high == pytest.approx(by_bin[name].high, abs=0.4 * width), name


def test_only_the_values_that_are_asked_for_get_an_interval() -> None:
    maps, masks = stacks(6)
    weights = bootstrap_weights(masks.any(axis=(1, 2)).astype(int), resamples=20)
    assert set(pixel_intervals(histograms(maps, masks), weights, {"aupro": 0.5})) == {"aupro"}


def test_a_resample_without_a_defect_has_no_value_and_does_not_count() -> None:
    maps, masks = stacks(4)
    weights = np.array([[2, 0, 2, 0], [1, 1, 1, 1], [1, 2, 1, 0]])
    values = binned_values(histograms(maps, masks), weights)
    assert all(np.isnan(value[0]) for value in values.values())
    assert all(np.isfinite(value[1:]).all() for value in values.values())
    few = pixel_intervals(histograms(maps, masks), weights, {"auroc": 0.7})["auroc"]
    assert few.low < 0.7 < few.high
    none = pixel_intervals(histograms(maps, masks), weights[:1], {"auroc": 0.7})["auroc"]
    assert none == (None, None, "no resample of the test images has a value")


@pytest.mark.parametrize("value", [1.0, 0.8])
def test_what_no_resample_moves_has_a_reason(value: float) -> None:
    maps, masks = np.array([[[0, 1]], [[1, 9]]]), np.array([[[False, False]], [[False, True]]])
    weights = bootstrap_weights(np.array([0, 1]), resamples=20)
    interval = pixel_intervals(histograms(maps, masks), weights, {"auroc": value})["auroc"]
    assert interval[:2] == (None, None)
    assert interval.reason
