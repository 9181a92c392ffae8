"""How far a result may be from a published one and still count as reproduced."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Tolerances(BaseModel):
    """The key `tolerances` of `benchmark.yml`: absolute differences of shares in [0, 1].

    One AUROC point covers what seed, library version and a resize filter move, and the rounding of
    the published number. AUPRO gets two: implementations differ in integration and connectivity.

    Our 95 % interval plays no part: it says how far the value would move with other test images,
    and the published one was measured on the same images.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    image_auroc: float = Field(default=0.01, gt=0, lt=1)
    pixel_auroc: float = Field(default=0.01, gt=0, lt=1)
    aupro: float = Field(default=0.02, gt=0, lt=1)
    near: float = Field(default=3, ge=1, description="multiple of it that a near result is within")

    def of(self, metric: str) -> float:
        """The tolerance of one of `METRICS`."""
        tolerance: float = getattr(self, metric)
        return tolerance


METRICS = ("image_auroc", "pixel_auroc", "aupro")
"""The metrics that are compared, as the leaderboard names them.

The original's `pixel_pro` is not among them: it is an overlap at one threshold, not an area."""
