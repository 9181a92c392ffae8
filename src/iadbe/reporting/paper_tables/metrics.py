"""The metrics that get a table, and what they are called in it."""

from __future__ import annotations

from typing import NamedTuple

from iadbe.reporting.shown_metrics import BY_KEY


class Metric(NamedTuple):
    """A column of the leaderboard; `always` if its table is written without any value, too."""

    column: str
    title: str
    always: bool = False

    @property
    def level(self) -> str:
        """Of its rows in `iadbe.schemas.MetricsSchema`."""
        return BY_KEY[self.column].level

    @property
    def name(self) -> str:
        """Their metric."""
        return BY_KEY[self.column].metric


METRICS = (
    Metric("image_auroc", "Image AUROC", always=True),
    Metric("pixel_auroc", "Pixel AUROC", always=True),
    Metric("aupro", "AUPRO", always=True),
    Metric("image_average_precision", "Image average precision"),
    Metric("image_f1_max", "Image F1-max"),
    Metric("pixel_average_precision", "Pixel average precision"),
)
