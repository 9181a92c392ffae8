"""What a model may cost and miss to be recommended: the key `limits` of `benchmark.yml`."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator


class AnswerLimits(BaseModel):
    """Limits on the recommended model; null or empty: none. No result depends on them."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    false_alarms_per_1000: float | None = Field(
        default=None, ge=0, le=1000, description="achieved on normal test images"
    )
    latency_ms: float | None = Field(
        default=None, gt=0, description="median of one image, decoding apart"
    )
    memory_mb: float | None = Field(default=None, gt=0, description="peak of the process")
    refused_licences: tuple[str, ...] = Field(
        default=(), description="of code or weights; by how they start, e.g. AGPL"
    )

    @field_validator("refused_licences", mode="before")
    @classmethod
    def _several(cls, given: Any) -> Any:
        """Kedro's command line splits on commas, so there several are joined by `+`."""
        return [name.strip() for name in given.split("+")] if isinstance(given, str) else given

    @field_validator("refused_licences")
    @classmethod
    def _named(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if not all(name.strip() for name in names):
            raise ValueError("an empty name would refuse every licence")
        return names
