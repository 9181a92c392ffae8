"""Write folders with masks, as MVTec AD has them: `<split>/<defect type>/…`, `ground_truth/…`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

import numpy as np
from PIL import Image

from iadbe.convert.pictures import Losses, Marked, Picture, Pictures
from iadbe.convert.shapes import mask_of, parts
from iadbe.convert.target import Target
from iadbe.layouts.polygons import Mask
from iadbe.schemas import NORMAL

BOXES = "boxes became rectangles of their mask, rounded to pixels"
CORNERS = "corners of outlines were rounded to pixels"
KINDS = "several classes in an image became one defect type, joined by +, and one mask"
MERGED = "objects that touch or overlap became one region of their mask"


def write_folder_format(pictures: Pictures, target: Target, losses: Losses) -> None:
    """Write images and masks.

    Masks of images of one name and defect type in two splits lie in folders of these splits.

    Args:
        pictures: What was read.
        target: The new folder.
        losses: To be told what cannot be kept.
    """
    typed = [(picture, _defect_type(list(picture.read()))) for picture in pictures.pictures]
    keys = [(kind, _stem(picture, kind)) for picture, kind in typed if kind != NORMAL]
    apart = len(set(keys)) < len(keys)
    for picture, kind in typed:
        target.place(picture.path, f"{picture.split}/{kind}/{_below(picture, kind)}")
        if kind != NORMAL:
            below = f"{picture.split}/{kind}" if apart else kind
            place = target.file(f"ground_truth/{below}/{_stem(picture, kind)}_mask.png")
            mask = _mask(picture, losses)
            Image.fromarray(mask.astype(np.uint8) * 255).save(place, format="PNG")


def _below(picture: Picture, kind: str) -> str:
    """The name below the folder of its defect type, which it may repeat."""
    return picture.name.removeprefix(f"{kind}/")


def _stem(picture: Picture, kind: str) -> str:
    return PurePosixPath(_below(picture, kind)).with_suffix("").as_posix()


def _defect_type(marked: Sequence[Marked]) -> str:
    kinds = "+".join(sorted({item.kind for item in marked})).replace("/", "_")
    return f"{NORMAL}_defect" if kinds == NORMAL else kinds or NORMAL


def _mask(picture: Picture, losses: Losses) -> Mask:
    marked = list(picture.read())
    masks = [mask_of(item, picture.size) for item in marked]
    union = np.asarray(np.logical_or.reduce(masks))
    for what, lost in (
        (KINDS, len({item.kind for item in marked}) > 1),
        (BOXES, any(item.mask is None and not item.rings for item in marked)),
        (CORNERS, any(item.rings for item in marked)),
        (MERGED, parts(union) < sum(map(parts, masks))),
    ):
        if lost:
            losses.note(what, picture.path)
    return union
