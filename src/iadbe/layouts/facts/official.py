"""What is officially known of a public dataset, read from `official.yml` when first asked."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Counts(_Fact):
    """Numbers of images; None where nothing is certain, or there is no such split.

    `train` and `val` are normal images, `test_normal` and `test_anomalous` those of the test split.
    A dataset without an official split has `normal` and `anomalous` instead.
    """

    train: int | None = Field(default=None, ge=0)
    val: int | None = Field(default=None, ge=0)
    test_normal: int | None = Field(default=None, ge=0)
    test_anomalous: int | None = Field(default=None, ge=0)
    normal: int | None = Field(default=None, ge=0)
    anomalous: int | None = Field(default=None, ge=0)

    @property
    def images(self) -> int:
        """All that are known of."""
        return sum(number or 0 for number in self.model_dump().values())


class Official(_Fact):
    """One dataset. `source` says where the counts are from, `totals` sums up all categories."""

    title: str
    homepage: str
    licence: str
    non_commercial: bool
    citation: str
    source: str
    totals: Counts
    categories: dict[str, Counts]


def official(dataset: str) -> Official | None:
    """The facts of a dataset by the name of its layout, e.g. `mvtec_ad`; None if unknown."""
    return official_datasets().get(dataset)


@cache
def official_datasets() -> dict[str, Official]:
    """The facts of all datasets by the names of their layouts."""
    from omegaconf import OmegaConf

    text = files(__package__).joinpath("official.yml").read_text("utf-8")
    entries = OmegaConf.to_container(OmegaConf.create(text))
    assert isinstance(entries, dict)
    return {str(name): Official.model_validate(entry) for name, entry in entries.items()}
