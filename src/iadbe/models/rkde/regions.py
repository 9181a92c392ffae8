"""Regions of interest of a batch of images, and the detector's features of each.

Adey, Hamilton, Bordewich, Breckon 2019 describe regions by a second network (AlexNet, trained on
COCO and Visual Genome), whose weights Anomalib hosted for 1.x. Here the detector describes its own
regions: one network, one published file.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torchvision.models.detection.faster_rcnn import FasterRCNN
from torchvision.ops import clip_boxes_to_image, nms, remove_small_boxes

from iadbe.models.rkde.params import RkdeParams


class Regions(NamedTuple):
    """The regions of one image; never none.

    Attributes:
        boxes: float32, shape (n, 4): left, top, right, bottom in pixels of the image.
        features: float32, shape (n, 1024).
    """

    boxes: npt.NDArray[np.float32]
    features: npt.NDArray[np.float32]


@torch.inference_mode()
def regions_of(detector: FasterRCNN, images: torch.Tensor, params: RkdeParams) -> list[Regions]:
    """Propose regions and describe them.

    An image in which nothing is proposed is one region, the whole image: Anomalib's model crashed
    on it.

    Args:
        detector: In eval mode.
        images: RGB in [0, 1], float32, shape (n, 3, size, size), on the detector's device.
        params: Which regions to keep.

    Returns:
        The regions of each image.
    """
    resized, _ = detector.transform(list(images))
    maps = detector.backbone(resized.tensors)
    seen, zoom = resized.image_sizes[0], resized.image_sizes[0][0] / images.shape[2]
    proposals, _ = detector.rpn(resized, maps)
    if params.roi_stage == "rpn":
        found = [(boxes, _descending(boxes)) for boxes in proposals]
    else:
        detections, _ = detector.roi_heads(maps, proposals, resized.image_sizes)
        found = [(each["boxes"], each["scores"]) for each in detections]
    kept = [_kept(boxes, scores, seen, params, zoom) for boxes, scores in found]
    pooled = detector.roi_heads.box_roi_pool(maps, kept, resized.image_sizes)
    features = detector.roi_heads.box_head(pooled).split([len(boxes) for boxes in kept])
    return [_as_arrays(*each, zoom) for each in zip(kept, features, strict=True)]


def _descending(boxes: torch.Tensor) -> torch.Tensor:
    """Scores that keep the order: proposals come sorted by objectness, but without it."""
    return torch.arange(len(boxes), 0, -1, dtype=boxes.dtype, device=boxes.device)


def _kept(
    boxes: torch.Tensor,
    scores: torch.Tensor,
    seen: tuple[int, int],
    params: RkdeParams,
    zoom: float,
) -> torch.Tensor:
    """The boxes to keep, in pixels of the resized image of height and width `seen`."""
    boxes = clip_boxes_to_image(boxes, seen)
    large = remove_small_boxes(boxes, min_size=params.min_box_size * zoom)
    boxes, scores = boxes[large], scores[large]
    boxes = boxes[nms(boxes, scores, params.iou_threshold)[: params.max_detections_per_image]]
    return boxes if len(boxes) else boxes.new_tensor([[0, 0, seen[1], seen[0]]])


def _as_arrays(boxes: torch.Tensor, features: torch.Tensor, zoom: float) -> Regions:
    return Regions((boxes / zoom).cpu().numpy(), features.cpu().numpy())
