"""What decides the drawing of a category, besides the code; written into its marker."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

DRAWING_VERSION = 2
"""Raise it with every change that alters a byte: folders of another version are drawn again."""


class Arguments(BaseModel):
    """The arguments of `iadbe.demo.draw.draw` that change a category's files.

    At most 100 anomalous test images fall to each of five defect types, because the stems of
    anomalous training images start at 100.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    drawing_version: int
    seed: int = Field(ge=0)
    size: int = Field(ge=64, le=2048)
    n_train: int = Field(ge=1)
    n_test_normal: int = Field(ge=0)
    n_test_anomalous: int = Field(ge=0, le=500)
    n_train_anomalous: int = Field(ge=0)
