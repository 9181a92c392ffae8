"""Training samples as the folder of images and label files that Ultralytics reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage

from iadbe.errors import DataError
from iadbe.models.yolo.pixels import resize
from iadbe.samples import Box, Sample, Samples


def stage(samples: Samples, folder: Path, size: int, *, balance: bool) -> Path:
    """Write `images/<n>.png` and `labels/<n>.txt`; normal samples are backgrounds.

    Anomalous samples that do not show where their defect is are left out.

    Args:
        samples: Labelled training samples.
        folder: An existing empty folder.
        size: Edge of the staged images in pixels.
        balance: Whether to list images with defects as often as there are images without.

    Returns:
        A text file that lists the images of one epoch.

    Raises:
        DataError: If no sample shows the place of a defect.
    """
    for name in ("images", "labels"):
        (folder / name).mkdir()
    normal: list[str] = []
    anomalous: list[str] = []
    for n, sample in enumerate(samples):
        image = folder / "images" / f"{n:06d}.png"
        boxes = defect_boxes(sample)
        if sample.label and not boxes:
            continue  # a defect without a place would be taught as background
        _write_image(sample, image, size)
        lines = "".join(map(_label_line, boxes))
        (folder / "labels" / f"{n:06d}.txt").write_text(lines, encoding="utf-8")
        (anomalous if boxes else normal).append(str(image))
    if not anomalous:
        raise DataError(
            f"yolo: none of the {len(samples)} training samples shows a defect in a box or mask.\n"
            "A supervised model needs labelled anomalous samples in the split 'train'."
        )
    repeats = max(1, round(len(normal) / len(anomalous))) if balance else 1
    listing = folder / "train.txt"
    listing.write_text("\n".join(normal + anomalous * repeats), encoding="utf-8")
    return listing


def _write_image(sample: Sample, path: Path, size: int) -> None:
    pixels = resize(sample.image, size).permute(1, 2, 0).mul(255).round().clamp(0, 255)
    Image.fromarray(pixels.numpy().astype(np.uint8)).save(path, compress_level=1)


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
