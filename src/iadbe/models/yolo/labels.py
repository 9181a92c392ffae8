"""Where the defects of a sample are, in the lines that Ultralytics reads."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from iadbe.images.regions import region_boxes
from iadbe.models.yolo.architectures import Task
from iadbe.samples import Box, Sample

Polygon = list[tuple[float, float]]
"""Corners as shares of width and height."""


def label_lines(sample: Sample, task: Task) -> list[str]:
    """One line a defect: class 0 and its box, or its outline for segment; none if it has no place.

    Args:
        sample: A labelled sample.
        task: `detect` or `segment`.
    """
    if task == "segment":
        return [_line(x for corner in polygon for x in corner) for polygon in outlines(sample)]
    return [_line(_centred(box)) for box in defect_boxes(sample)]


def defect_boxes(sample: Sample) -> tuple[Box, ...]:
    """The boxes of a sample, or those around the 8-connected regions of its mask.

    Returns:
        Boxes as shares of width and height; none for a normal sample.
    """
    if sample.boxes:
        return sample.boxes
    mask = sample.mask
    return () if mask is None else region_boxes(mask)


def outlines(sample: Sample) -> list[Polygon]:
    """Around each region of the mask, or the boxes where there is no mask; holes are filled."""
    mask = sample.mask
    if mask is None or (not mask.any() and sample.boxes):
        return [_rectangle(box) for box in sample.boxes or ()]
    found, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return [_outline(np.asarray(points, dtype=np.int32)[:, 0], mask.shape) for points in found]


def _outline(points: npt.NDArray[np.int32], shape: tuple[int, ...]) -> Polygon:
    """Through the centres of its outermost pixels; a line of pixels is as wide as they are."""
    height, width = shape
    low, high = points.min(axis=0), points.max(axis=0)
    if (low == high).any():
        edges = np.concatenate([low, high + 1]) / [width, height, width, height]
        return _rectangle(tuple(edges.tolist()))
    return [((x + 0.5) / width, (y + 0.5) / height) for x, y in points.tolist()]


def _rectangle(box: Box) -> Polygon:
    left, top, right, bottom = box
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _centred(box: Box) -> tuple[float, float, float, float]:
    """Centre, width and height of a box."""
    left, top, right, bottom = box
    return (left + right) / 2, (top + bottom) / 2, right - left, bottom - top


def _line(values: Iterator[float] | tuple[float, ...]) -> str:
    return "0 " + " ".join(f"{value:.6f}" for value in values) + "\n"
