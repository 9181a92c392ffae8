"""Files that cannot be read, and pixels that are not plain 8-bit RGB or grey."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from iadbe.audit.finding import Finding
from iadbe.images.inspect import Inspection

_SIXTEEN = "is scaled by 65535, not clipped; nothing to do"


def check_pixels(files: pd.DataFrame, found: dict[str, Inspection]) -> Iterator[Finding]:
    """Unreadable images and masks; 16-bit, CMYK, alpha and turned images; mixed sizes.

    Args:
        files: Rows of a layout's index: category, image_path, mask_path.
        found: The inspection of every file, by path.
    """
    for category, rows in files.groupby("category", sort=True):
        images = [found[path] for path in rows["image_path"]]
        masks = [found[path] for path in rows["mask_path"].dropna()]
        for file in (*images, *masks):
            if file.error:
                remedy = "repair or remove it"
                yield Finding("error", "unreadable", str(category), file.path, file.error, remedy)
        for image in images:
            yield from _odd_pixels(str(category), image)
        yield from _mixed_sizes(str(category), [image for image in images if not image.error])


def _odd_pixels(category: str, image: Inspection) -> Iterator[Finding]:
    if image.mode.startswith("I"):
        yield Finding("info", "deep_pixels", category, image.path, "16 bits a pixel", _SIXTEEN)
    if image.mode == "CMYK":
        remedy = "is converted without a colour profile; save it as RGB if colours matter"
        yield Finding("warning", "cmyk", category, image.path, "colours are CMYK", remedy)
    if image.mode in {"RGBA", "LA", "PA"}:
        remedy = "transparency is dropped; flatten it if what lies below matters"
        yield Finding("info", "alpha", category, image.path, "has an alpha channel", remedy)
    if image.rotated:
        remedy = "is turned upright; draw its mask on the upright image"
        yield Finding("info", "rotated", category, image.path, "turned by an EXIF tag", remedy)


def _mixed_sizes(category: str, images: list[Inspection]) -> Iterator[Finding]:
    sizes = pd.Series([f"{image.width}×{image.height}" for image in images]).value_counts()
    if len(sizes) > 1:
        listed = ", ".join(f"{count} of {size}" for size, count in sizes.head(3).items())
        more = ", …" if len(sizes) > 3 else ""
        yield Finding(
            "info",
            "mixed_sizes",
            category,
            category,
            f"images of {len(sizes)} sizes: {listed}{more}",
            "all are resized to one square: aspect ratios that differ are distorted differently",
        )
