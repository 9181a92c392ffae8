"""The metrics that get a table, and what they are called in it."""

from __future__ import annotations

from typing import NamedTuple


class Metric(NamedTuple):
    """A column of the leaderboard; `always` if its table is written without any value, too."""

    column: str
    level: str
    name: str
    title: str
    always: bool = False


METRICS = (
    Metric("image_auroc", "image", "auroc", "Image AUROC", always=True),
    Metric("pixel_auroc", "pixel", "auroc", "Pixel AUROC", always=True),
    Metric("aupro", "region", "aupro", "AUPRO", always=True),
    Metric("image_average_precision", "image", "average_precision", "Image average precision"),
    Metric("image_f1_max", "image", "f1_max", "Image F1-max"),
    Metric("pixel_average_precision", "pixel", "average_precision", "Pixel average precision"),
)
