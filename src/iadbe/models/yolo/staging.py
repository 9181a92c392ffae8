"""Training samples as the folder of images and label files that Ultralytics reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage

from iadbe.errors import DataError
from iadbe.models.yolo.pixels import resize
from iadbe.samples import Box, Sample, Samples


def stage(samples: Samples, folder: Path, size: int) -> None:
    """Write `images/<n>.png` and `labels/<n>.txt`; normal samples are backgrounds.

    Args:
        samples: Labelled training samples.
        folder: An existing empty folder.
        size: Edge of the staged images in pixels.

    Raises:
        DataError: If no sample shows the place of a defect.
    """
    for name in ("images", "labels"):
        (folder / name).mkdir()
    shown = sum(_stage_one(sample, folder, f"{n:06d}", size) for n, sample in enumerate(samples))
    if not shown:
        raise DataError(
            f"yolo: none of the {len(samples)} training samples shows a defect in a box or mask.\n"
            "A supervised model needs labelled anomalous samples in the split 'train'."
        )


def _stage_one(sample: Sample, folder: Path, name: str, size: int) -> int:
    """Write one sample and count its boxes."""
    pixels = resize(sample.image, size).permute(1, 2, 0).mul(255).round().clamp(0, 255)
    image = Image.fromarray(pixels.numpy().astype(np.uint8))
    image.save(folder / "images" / f"{name}.png", compress_level=1)
    boxes = defect_boxes(sample)
    lines = "".join(_label_line(box) for box in boxes)
    (folder / "labels" / f"{name}.txt").write_text(lines, encoding="utf-8")
    return len(boxes)


def defect_boxes(sample: Sample) -> tuple[Box, ...]:
    """The boxes of a sample, or those around the connected regions of its mask.

    Returns:
        Boxes as shares of width and height; none for a normal sample.
    """
    if sample.boxes is not None:
        return sample.boxes
    mask = sample.mask
    if mask is None:
        return ()
    regions, _ = ndimage.label(mask, structure=np.ones((3, 3)))
    height, width = mask.shape
    return tuple(
        (x.start / width, y.start / height, x.stop / width, y.stop / height)
        for y, x in ndimage.find_objects(regions)
    )


def _label_line(box: Box) -> str:
    """Class 0 and the box as centre, width and height."""
    left, top, right, bottom = box
    centre = (left + right) / 2, (top + bottom) / 2
    return f"0 {centre[0]:.6f} {centre[1]:.6f} {right - left:.6f} {bottom - top:.6f}\n"
