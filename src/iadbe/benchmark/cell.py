"""A cell: one model on one category of one dataset with one seed."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Cell(BaseModel):
    """All that decides a result except the data; the parameter of a cell's nodes.

    `id`, e.g. `mvtec_ad.patchcore.bottle.s0`, is the Kedro namespace, the folder and the row key.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    dataset: str
    model: str
    category: str
    seed: int
    plugin: str
    params: dict[str, Any]
    image_size: int
    threshold_quantile: float
    threshold_rule: str = "conformal"
    protocol: str = "clean"
    leakage: str = "none"
    device: str = "auto"

    @property
    def id(self) -> str:
        """The dotted id."""
        return f"{self.dataset}.{self.model}.{self.category}.s{self.seed}"

    @property
    def row(self) -> dict[str, str | int]:
        """The columns that name this cell in every table."""
        return {
            "dataset": self.dataset,
            "model": self.model,
            "category": self.category,
            "seed": self.seed,
        }
