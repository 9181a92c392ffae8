"""Keep synthetic anomalies as files, made once."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from PIL import Image

from iadbe.images.inspect import stamp
from iadbe.synthetic.damage import damage
from iadbe.synthetic.pixels import Photo, read_photo, write_photo, write_region

VERSION = 1
"""To be raised when the same name and image give another anomaly."""
FOLDER = "synthetic"


def write_anomaly(source: Path, cache: Path, name: str) -> tuple[Path, Path] | None:
    """Write a damaged copy of a normal image, unless it is there.

    Args:
        source: The normal image; only read.
        cache: Folder of made files.
        name: Seeds the damage: the same name and image always give the same anomaly.

    Returns:
        The image and its mask, both PNG, of the upright image's size; None if the source cannot be
        read. Ingestion names all such files at once.

    Raises:
        OSError: If the cache cannot be written.
    """
    image, mask = _places(source, cache, name)
    if image.is_file() and mask.is_file():
        return image, mask
    try:
        photo = read_photo(source)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    pixels, region = damage(photo.pixels, np.random.default_rng([VERSION, *name.encode()]))
    write_region(region, mask)
    write_photo(Photo(pixels, photo.top), image)
    return image, mask


def _places(source: Path, cache: Path, name: str) -> tuple[Path, Path]:
    """Named by all that the content depends on, so that a changed source is damaged anew."""
    facts = f"{VERSION} {name} {source} {stamp(str(source))}"
    digest = hashlib.sha256(facts.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    folder = cache / FOLDER
    stem = f"{source.stem}_{digest}"
    return folder / f"{stem}.png", folder / f"{stem}_mask.png"
