"""`benchmark.yml` and the model entries, checked with pydantic."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from iadbe.benchmark.cell import Cell
from iadbe.benchmark.limits import AnswerLimits
from iadbe.models.card import Card
from iadbe.scorecard.tolerances import Tolerances

Name = Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
"""Datasets, categories and models: they become folders, namespaces and catalog names."""


PAPER = "_paper"
"""Ends the names of what ran under the protocol `paper`."""

RESERVED = {
    "cell", "counterpart", "facts", "images", "ingestion",
    "limits", "matrix", "model", "prediction",
}  # fmt: skip
"""Parameters and namespaces that a dataset of that name would hide."""


class ModelEntry(BaseModel):
    """One entry below `model:` in `parameters_models.yml`."""

    model_config = ConfigDict(extra="forbid")

    plugin: str = Field(description="a name registered under the entry-point group iadbe.models")
    params: dict[str, Any] = Field(default_factory=dict, description="the plugin's parameters")
    leakage: Literal["none", "model selection", "early stop"] = Field(
        default="none", description="what its published recipe or weights saw of the test data"
    )
    card: Card | None = Field(default=None, description="for readers; never changes a result")


class BenchmarkSpec(BaseModel):
    """Which models on which categories with which seeds, and what is the same for all of them."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    datasets: dict[Name, list[Name]] = Field(min_length=1, description="dataset: its categories")
    models: list[Name] = Field(min_length=1, description="names from parameters_models.yml")
    protocol: Literal["clean", "paper"] = Field(
        default="clean", description="paper: all normal images train, the threshold is an oracle"
    )
    seeds: list[Annotated[int, Field(ge=0)]] = Field(default=[0], min_length=1)
    image_size: int = Field(default=256, ge=32, le=2048, description="pixels, square")
    validation: float = Field(default=0.2, ge=0, lt=1, description="share of training images")
    leave_out_errors: bool = Field(default=False, description="files that the audit finds bad")
    threshold_quantile: float = Field(default=0.95, gt=0, le=1, description="of validation scores")
    threshold_rule: Literal["conformal", "quantile"] = Field(
        default="conformal", description="conformal guarantees the false alarm rate"
    )
    device: str = Field(default="auto", pattern=r"^(auto|cpu|mps|cuda(:\d+)?)$")
    workers: int = Field(default=1, ge=1, description="cells at a time")
    memory_limit_gb: float | None = Field(default=None, gt=0, description="a cell's, null is none")
    tolerances: Tolerances = Field(default=Tolerances(), description="of the scorecard")
    limits: AnswerLimits = Field(default=AnswerLimits(), description="of the recommended model")
    time_limit_minutes: float | None = Field(default=None, gt=0, description="a cell's, null: none")

    @property
    def store(self) -> str:
        """The folder of the results: both protocols of a benchmark keep theirs apart."""
        return f"{self.name}{PAPER}" if self.protocol == "paper" else self.name

    @property
    def counterpart(self) -> str:
        """The folder of the same benchmark under the other protocol."""
        return self.name if self.protocol == "paper" else f"{self.name}{PAPER}"

    @property
    def held_out(self) -> float:
        """Share of the normal training images that do not train."""
        return 0.0 if self.protocol == "paper" else self.validation

    @field_validator("datasets")
    @classmethod
    def _some_category(cls, datasets: dict[str, list[str]]) -> dict[str, list[str]]:
        for name, categories in datasets.items():
            if name in RESERVED:
                raise ValueError(f"{name!r} cannot be the name of a dataset: IADBE uses it itself")
            if not categories:
                raise ValueError(f"dataset {name!r} names no category")
            _refuse_twice(categories)
        return datasets

    @field_validator("models", "seeds")
    @classmethod
    def _once(cls, values: list[Any]) -> list[Any]:
        _refuse_twice(values)
        return values

    def cells(self, entries: dict[str, ModelEntry]) -> list[Cell]:
        """The matrix in reading order: dataset, model, category, seed."""
        return [
            Cell(
                dataset=dataset,
                model=model,
                category=category,
                seed=seed,
                plugin=entries[model].plugin,
                params=entries[model].params,
                image_size=self.image_size,
                threshold_quantile=self.threshold_quantile,
                threshold_rule=self.threshold_rule,
                protocol=self.protocol,
                leakage=entries[model].leakage,
                device=self.device,
            )
            for dataset, categories in self.datasets.items()
            for model in self.models
            for category in categories
            for seed in self.seeds
        ]


def _refuse_twice(values: list[Any]) -> None:
    twice = sorted({str(value) for value in values if values.count(value) > 1})
    if twice:
        raise ValueError(f"{', '.join(twice)} is listed twice")
