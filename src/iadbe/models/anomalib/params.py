"""What a user may say about an Anomalib model, checked before anything is imported or trained."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PositiveFloat,
    PositiveInt,
    field_validator,
    model_validator,
)

from iadbe.models.anomalib import signatures

_OWN_LOADERS = frozenset({"Cfa", "Csflow", "FoundAD", "Uflow", "UniNet"})
"""Models whose `backbone` is not a timm name."""


class AnomalibParams(BaseModel):
    """Parameters of the `anomalib` plugin."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(description="Class name of an Anomalib image model, e.g. Padim")
    args: dict[str, Any] = Field(default_factory=dict, description="Its constructor arguments")
    epochs: PositiveInt | None = Field(
        default=None, description="Passes over the training images; one-pass models ignore it"
    )
    max_steps: PositiveInt | None = Field(
        default=None, description="Optimiser steps; with epochs, whatever ends first"
    )
    batch_size: PositiveInt = Field(default=16, description="Images in a training batch")
    predict_batch_size: PositiveInt = Field(default=8, description="Images in a prediction batch")
    image_size: PositiveInt | None = Field(
        default=None, description="Edge of the model's input in pixels; the benchmark's if left out"
    )
    gradient_clip: PositiveFloat | None = Field(
        default=None, description="Largest gradient norm; the model's own if left out"
    )
    weights: Literal["pretrained", "random"] = Field(
        default="pretrained",
        description="random: stand-ins that prove the code runs; never ranked",
    )

    @field_validator("name")
    @classmethod
    def _known_model(cls, name: str) -> str:
        names = signatures.model_names()
        if not names:
            raise ValueError("anomalib is not installed: pip install 'iadbe[anomalib]'")
        if name not in names:
            raise ValueError(_unknown("Anomalib image model", name, names))
        return name

    @model_validator(mode="after")
    def _known_arguments(self) -> Self:
        allowed = signatures.arguments(self.name)
        for argument in self.args:
            if argument not in allowed:
                raise ValueError(_unknown(f"argument of {self.name}", argument, allowed))
        return self

    @property
    def settings(self) -> dict[str, Any]:
        """Constructor arguments with the class's own defaults filled in."""
        return {**signatures.arguments(self.name), **self.args}

    @property
    def backbone(self) -> str | None:
        """The timm backbone, or None for a model without one."""
        if self.name in _OWN_LOADERS:
            return None
        backbone = self.settings.get("backbone", self.settings.get("encoder_name"))
        return backbone if isinstance(backbone, str) else None


def _unknown(kind: str, name: str, allowed: Iterable[str]) -> str:
    folded = {candidate.lower(): candidate for candidate in allowed}
    near = difflib.get_close_matches(name.lower(), folded, n=1)
    hint = f"did you mean {folded[near[0]]}? " if near else ""
    return f"unknown {kind} '{name}'; {hint}allowed: {', '.join(folded.values())}"
