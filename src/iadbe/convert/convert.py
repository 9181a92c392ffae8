"""From one format to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from iadbe.convert.pictures import Losses, Pictures
from iadbe.convert.read_coco import read_coco_format
from iadbe.convert.read_folder import MASK_NAMES, NORMAL_NAMES, read_folder_format
from iadbe.convert.read_yolo import read_yolo_format
from iadbe.convert.target import new_folder
from iadbe.convert.write_coco import write_coco_format
from iadbe.convert.write_folder import write_folder_format
from iadbe.convert.write_yolo import write_yolo_format
from iadbe.errors import ConfigError, DataError
from iadbe.layouts.yolo_yaml import SPLITS

FORMATS = ("yolo", "folder", "coco")


@dataclass(frozen=True)
class Wishes:
    """What may be chosen.

    `link`: hard links instead of copies. `boxes`: write boxes even where outlines are known.
    `normal` and `masks`: names of such folders in the source.
    """

    link: bool = False
    boxes: bool = False
    normal: Sequence[str] = NORMAL_NAMES
    masks: Sequence[str] = MASK_NAMES


@dataclass(frozen=True)
class Converted:
    """What was done: images by split, and what was lost in how many images."""

    images: dict[str, int]
    lost: dict[str, int]


def convert(
    source: Path, target: Path, from_format: str, to_format: str, wishes: Wishes | None = None
) -> Converted:
    """Convert a dataset; the source is not changed.

    Args:
        source: Its folder or file.
        target: A new or empty folder.
        from_format: One of `FORMATS`.
        to_format: Another one.
        wishes: What may be chosen.

    Raises:
        DataError: If the source is malformed, or the target cannot be written.
        ConfigError: If the formats are the same, or a wish makes no sense.
    """
    wishes = wishes or Wishes()
    if from_format == to_format:
        raise ConfigError(f"It is in the format {from_format} already. Choose another one.")
    if wishes.boxes and to_format == "folder":
        raise ConfigError("Folders hold masks: leave out `--shapes boxes`.")
    if not source.exists():
        raise DataError(f"{source}: no such file or folder. Correct FROM.")
    losses = Losses()
    pictures = _read(source, from_format, wishes)
    with new_folder(source, target, link=wishes.link) as new:
        if to_format == "folder":
            write_folder_format(pictures, new, losses)
        else:
            write = write_yolo_format if to_format == "yolo" else write_coco_format
            write(pictures, new, losses, boxes=wishes.boxes)
    lost = {what: len(images) for what, images in losses.images.items()}
    counts = Counter(picture.split for picture in pictures.pictures)
    return Converted({split: counts[split] for split in SPLITS if split in counts}, lost)


def _read(source: Path, form: str, wishes: Wishes) -> Pictures:
    if form == "folder":
        return read_folder_format(source, wishes.normal, wishes.masks)
    return read_yolo_format(source) if form == "yolo" else read_coco_format(source)
