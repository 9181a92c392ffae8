"""What a real detector with random weights proposes."""

import numpy as np
import pytest

from iadbe.models.rkde.params import RkdeParams

pytestmark = pytest.mark.slow


def regions(small, size=64, count=2, **extra):
    import torch

    from iadbe.models.rkde.detector import build
    from iadbe.models.rkde.regions import regions_of

    params = RkdeParams(**{**small, **extra})
    images = np.random.default_rng(0).random((count, 3, size, size), dtype=np.float32)
    return regions_of(build(params, pretrained=False, seed=1), torch.from_numpy(images), params)


@pytest.mark.parametrize("stage", ["rcnn", "rpn"])
def test_an_image_has_several_regions(small, stage):
    for each in regions(small, roi_stage=stage, roi_score_threshold=0.0):
        assert len(each.boxes) > 1
        assert each.features.shape == (len(each.boxes), 1024)
        assert np.isfinite(each.features).all()
        assert np.ptp(each.features, axis=0).max() > 0


@pytest.mark.parametrize("stage", ["rcnn", "rpn"])
def test_an_image_without_regions_is_one_region(small, stage):
    for each in regions(small, roi_stage=stage, roi_score_threshold=1.0):
        np.testing.assert_array_equal(each.boxes, [[0, 0, 64, 64]])
        assert each.features.shape == (1, 1024)


@pytest.mark.parametrize("detector_size", [64, 128])
def test_boxes_are_in_pixels_of_the_image(small, detector_size):
    for each in regions(small, detector_size=detector_size, roi_score_threshold=0.0):
        assert each.boxes.min() >= 0
        assert 48 < each.boxes.max() <= 64


def test_small_and_overlapping_boxes_are_dropped(small):
    import torch
    from torchvision.ops import box_iou

    wanted = {"min_box_size": 20, "iou_threshold": 0.2, "roi_score_threshold": 0.0}
    for each in regions(small, detector_size=128, **wanted):
        assert len(each.boxes) > 1
        edges = each.boxes[:, 2:] - each.boxes[:, :2]
        assert edges.min() >= 20 - 1e-3
        overlaps = box_iou(torch.from_numpy(each.boxes), torch.from_numpy(each.boxes))
        assert overlaps.fill_diagonal_(0).max() <= 0.2 + 1e-4


def test_no_more_than_the_surest_are_kept(small):
    many = regions(small, roi_score_threshold=0.0)
    few = regions(small, roi_score_threshold=0.0, max_detections_per_image=2)
    for all_of_them, surest in zip(many, few, strict=True):
        assert len(all_of_them.boxes) > 2
        np.testing.assert_allclose(surest.boxes, all_of_them.boxes[:2], atol=1e-4)


def test_the_same_seed_builds_the_same_detector_and_leaves_the_generator_alone(small):
    import torch

    from iadbe.models.rkde.detector import build

    params, before = RkdeParams(**small), torch.get_rng_state()
    first, second, other = (build(params, pretrained=False, seed=s).state_dict() for s in (1, 1, 2))
    assert torch.equal(torch.get_rng_state(), before)
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert not all(torch.equal(first[name], other[name]) for name in first)
