"""From a trained segmenter's instances to a raw image score, boxes and an anomaly map."""

from __future__ import annotations

import torch
from torch.nn.functional import interpolate

from iadbe.models.yolo.detection import Answer, Array, as_shares, run, suppress
from iadbe.models.yolo.library import process_mask

_AT_ONCE = 10
"""Instances whose masks are in memory at a time."""


@torch.inference_mode()
def segment(model: torch.nn.Module, images: Array, edge: int, conf: float) -> list[Answer]:
    """Score images; as `detect`, but the maps hold instances instead of rectangles."""
    candidates, prototypes = run(model, images)[0]
    size = images.shape[1]
    answers = []
    for found, masks in zip(candidates.split(1), prototypes, strict=True):
        score, rows = suppress(model, found, conf)
        canvas = fill(masks, rows, size)
        if size != edge:
            canvas = interpolate(canvas[None, None], (edge, edge), mode="nearest-exact")[0, 0]
        answers.append(Answer(score, as_shares(rows, size), canvas.cpu().numpy()))
    return answers


def fill(prototypes: torch.Tensor, rows: torch.Tensor, size: int) -> torch.Tensor:
    """The highest confidence of the instances over each pixel.

    Args:
        prototypes: Of the image's masks, shape (masks, h, w).
        rows: Boxes in pixels, confidence, class, coefficients, shape (n, 6 + masks).
        size: Edge of the input and of the result.

    Returns:
        Float32 of shape (size, size); 0 where there is no instance.
    """
    canvas = torch.zeros((size, size), device=rows.device)
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        masks = process_mask(prototypes, part[:, 6:], part[:, :4], (size, size), upsample=True)
        canvas = torch.maximum(canvas, (masks * part[:, 4, None, None]).amax(dim=0))
    return canvas
