"""Thumbnails of a dataset's images: enough to look around, few enough to keep."""

from __future__ import annotations

import pandas as pd

from iadbe.images.store import ImageStore
from iadbe.images.thumbnail import EDGE, image_thumbnail, mask_thumbnail
from iadbe.layouts.held_out import seeded
from iadbe.samples import Samples
from iadbe.schemas import ThumbnailsSchema

PER_TYPE = 24
"""Test images of one category and defect type (normal ones are a type, too)."""
TRAINING = 4
"""Normal training images of a category."""


def draw_thumbnails(
    samples: pd.DataFrame, size: int, edge: int = EDGE, images: ImageStore | None = None
) -> pd.DataFrame:
    """Draw images as models see them: squares, whatever the shape of the file.

    Args:
        samples: The manifest (`iadbe.schemas.SamplesSchema`).
        size: Edge length in pixels at which the models see images: what the store keeps.
        edge: Edge length of a thumbnail in pixels.
        images: Keeps decoded images; None decodes every time.

    Returns:
        A table of `iadbe.schemas.ThumbnailsSchema`.
    """
    rows = shown_samples(samples)
    drawn = [
        (image_thumbnail(sample.image, edge), mask_thumbnail(sample.mask, edge))
        for sample in Samples(rows, size, labelled=True, store=images)
    ]
    pictures = pd.DataFrame(drawn, columns=["image", "mask"], index=rows.index, dtype=object)
    columns = list(ThumbnailsSchema.to_schema().columns)
    return pd.concat([rows, pictures], axis=1)[columns].reset_index(drop=True)


def shown_samples(samples: pd.DataFrame, per_type: int = PER_TYPE) -> pd.DataFrame:
    """Choose the images, seeded, so that every run shows the same ones.

    Args:
        samples: The manifest (`iadbe.schemas.SamplesSchema`).
        per_type: At most so many test images of each category and defect type.

    Returns:
        Rows of the manifest, in its order.
    """
    chosen: list[int] = []
    tested = samples[samples["split"] == "test"]
    for names, rows in tested.groupby(["category", "defect_type"]):
        chosen += _some(rows, per_type, *map(str, names))
    train = samples[(samples["split"] == "train") & (samples["label"] == 0)]
    for category, rows in train.groupby("category"):
        chosen += _some(rows, TRAINING, str(category))
    return samples.loc[sorted(chosen)]


def _some(rows: pd.DataFrame, count: int, *names: str) -> list[int]:
    order = seeded("thumbnails", *names).permutation(len(rows))
    return [int(place) for place in rows.index[order[:count]]]
