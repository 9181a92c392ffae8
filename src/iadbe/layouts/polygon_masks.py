"""Masks drawn from polygons, kept as files in the cache."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from iadbe.images.inspect import stamp
from iadbe.layouts.found import Found
from iadbe.layouts.polygons import fill_polygons
from iadbe.layouts.upright import upright_size
from iadbe.layouts.yolo_labels import Labelled


def with_masks(
    found: Sequence[Found], labels: Mapping[Path, list[Labelled]], cache: Path
) -> list[Found]:
    """Add masks to anomalous samples; none if an object has but a box, as its mask would lie.

    Args:
        found: Samples; of several with one path the last is kept.
        labels: The objects of every image.
        cache: Folder of made files.
    """
    unique = list({item.path: item for item in found}.values())
    if any(item.polygon is None for objects in labels.values() for item in objects):
        return unique
    return [
        replace(item, mask=_mask(item.path, labels[item.path], cache)) if item.label else item
        for item in unique
    ]


def _mask(image: Path, objects: Sequence[Labelled], cache: Path) -> Path | None:
    """The mask of an image, drawn once; None if the image cannot be read: ingestion says so."""
    outlines = [item.polygon for item in objects if item.polygon is not None]
    facts = repr((str(image), stamp(str(image)), [points.tolist() for points in outlines]))
    digest = hashlib.sha256(facts.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    file = cache / "polygons" / f"{image.stem}_{digest}_mask.png"
    if file.is_file():
        return file
    if (size := upright_size(image)) is None:
        return None
    mask = fill_polygons([points * size for points in outlines], size[1], size[0])
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    Image.fromarray(mask.astype(np.uint8) * 255).save(part, format="PNG")
    part.replace(file)
    return file
