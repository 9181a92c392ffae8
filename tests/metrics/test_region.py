from collections import deque
from itertools import pairwise

import numpy as np
import pytest

from iadbe.metrics.ranking import rank_pixels
from iadbe.metrics.region import FPR_LIMIT, aupro, pro_at_f1_max, pro_curve, region_measures


def flood(mask: np.ndarray) -> list[list[tuple[int, int]]]:
    """The 8-connected regions of one mask, by flood fill."""
    left = {(int(y), int(x)) for y, x in zip(*np.nonzero(mask), strict=True)}
    regions = []
    while left:
        queue, region = deque([left.pop()]), []
        while queue:
            y, x = queue.popleft()
            region.append((y, x))
            near = {(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)} & left
            left -= near
            queue.extend(near)
        regions.append(region)
    return regions


def brute_force_curve(maps: np.ndarray, masks: np.ndarray) -> list[tuple[float, float]]:
    """False positive rate and PRO at one distinct threshold after the other, in float64."""
    maps = maps.astype(np.float64)
    regions = [
        np.array([maps[image, y, x] for y, x in region])
        for image, mask in enumerate(masks)
        for region in flood(mask)
    ]
    normal = maps[~masks]
    points = [(0.0, 0.0)]
    for threshold in sorted(set(maps.ravel()), reverse=True):
        overlap = np.mean([np.mean(region >= threshold) for region in regions])
        points.append((float(np.mean(normal >= threshold)), float(overlap)))
    return points


def area_below(points: list[tuple[float, float]], limit: float) -> float:
    """Trapezoids up to the limit, as a share of it."""
    area = 0.0
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 >= limit:
            break
        end = min(x1, limit)
        y_end = y1 if x1 <= limit else y0 + (y1 - y0) * (limit - x0) / (x1 - x0)
        area += (end - x0) * (y0 + y_end) / 2
    return area / limit


def test_aupro_equals_the_definition_on_random_stacks(draw_stack) -> None:
    for seed in range(160):
        maps, masks = draw_stack(seed)
        ranking = rank_pixels([(maps, masks)])
        points = brute_force_curve(maps, masks)
        for limit in (0.05, FPR_LIMIT, 1.0):
            expected = area_below(points, limit)
            assert aupro(ranking, limit) == pytest.approx(expected, abs=1e-12), (seed, limit)


def test_a_perfect_model_reaches_one_and_never_more() -> None:
    for seed in range(20):
        masks = np.random.default_rng(seed).random((3, 40, 40)) < 0.02
        noise = np.random.default_rng(seed).random(masks.shape) / 2
        value = aupro(rank_pixels([((masks + noise).astype(np.float32), masks)]))
        assert 1 - 1e-12 < value <= 1


def test_small_regions_count_as_much_as_large_ones() -> None:
    masks = np.zeros((1, 20, 20), bool)
    masks[0, :10, :10], masks[0, 19, 19] = True, True
    maps = masks.astype(np.float32)
    maps[0, 19, 19] = -1
    ranking = rank_pixels([(maps, masks)])
    assert ranking.regions == 2
    assert aupro(ranking) == pytest.approx(0.5)


def test_a_constant_map_gets_the_triangle() -> None:
    masks = np.zeros((1, 10, 10), bool)
    masks[0, 0] = True
    assert aupro(rank_pixels([(np.ones(masks.shape, np.float32), masks)])) == pytest.approx(0.15)


def test_regions_touch_at_corners_but_never_across_images() -> None:
    masks = np.zeros((2, 4, 4), bool)
    masks[0, [0, 1], [0, 1]] = True
    masks[1, 0, 0] = True
    ranking = rank_pixels([(np.zeros(masks.shape, np.float32), masks)])
    assert ranking.regions == 2


def test_the_curve_rises_from_zero_to_its_limit(draw_stack) -> None:
    for seed in range(100):
        rate, overlap = pro_curve(rank_pixels([draw_stack(seed)]))
        assert (rate[0], overlap[0]) == (0, 0)
        assert rate[-1] == FPR_LIMIT
        assert (np.diff(rate) >= 0).all()
        assert (np.diff(overlap) >= 0).all()


def test_n_counts_regions(draw_stack) -> None:
    maps, masks = draw_stack(3)
    measures = region_measures(rank_pixels([(maps, masks)]), None)
    assert {measure.n for measure in measures} == {sum(len(flood(mask)) for mask in masks)}
    assert [m.metric for m in measures] == ["aupro", "aupro_005", "pro_at_f1_max"]
    assert [m.leakage for m in measures] == ["none", "none", "threshold"]


def test_the_thresholded_pro_is_the_mean_overlap_at_the_best_f1() -> None:
    masks = np.zeros((1, 6, 6), bool)
    masks[0, 0, :4], masks[0, 5, :2] = True, True
    maps = np.where(masks, 2.0, 0.0).astype(np.float32)
    maps[0, 5, 1] = -1.0  # below all normal pixels: the best threshold leaves it out
    assert pro_at_f1_max(rank_pixels([(maps, masks)])) == pytest.approx((1 + 0.5) / 2)
