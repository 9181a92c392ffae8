"""The datasets that can be downloaded, read from `downloads.yml` when first asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from iadbe.download.sums import Sum
from iadbe.errors import ConfigError
from iadbe.layouts.facts import Official, official_datasets

ROOT = Path("data/01_raw")
"""Where datasets go when nobody says where."""


class Offer(BaseModel):
    """Where a dataset is and what its archive holds; see `downloads.yml`.

    Attributes:
        into: Name of its folder below `ROOT`.
        file: Name of the archive.
        address: Of the archive, http or https.
        manual: How to get it where no program can.
        sha256: Of the archive.
        md5: Of the archive, where no sha256 is published.
        folders: Folders of the dataset, where its categories have none of their own.
        shared: Folders that every category needs.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    into: str
    file: str
    address: str | None = None
    manual: str | None = None
    sha256: str | None = None
    md5: str | None = None
    folders: list[str] = []
    shared: list[str] = []

    @property
    def sum(self) -> Sum | None:
        """The official checksum, sha256 if there is one."""
        if self.sha256:
            return Sum("sha256", self.sha256)
        return Sum("md5", self.md5) if self.md5 else None


class Download(BaseModel):
    """A dataset that can be downloaded: its offer and the official facts."""

    model_config = ConfigDict(frozen=True)

    name: str
    offer: Offer
    facts: Official

    @property
    def folder(self) -> Path:
        """Where it goes when nobody says where."""
        return ROOT / self.offer.into

    def choose(self, categories: Sequence[str] = ()) -> list[str]:
        """The categories asked for; all where none is.

        Raises:
            ConfigError: If the dataset has no such category, with the near one.
        """
        from iadbe.benchmark.selection import did_you_mean

        known = list(self.facts.categories)
        for category in categories:
            if category not in known:
                hint = did_you_mean(category, known)
                raise ConfigError(f"{self.name} has no category {category!r}; {hint}.")
        return list(categories) or known

    def folders(self, categories: Sequence[str] = ()) -> list[str]:
        """Names of the folders, below the dataset's, that categories need; of all by default."""
        return [*self.offer.shared, *(self.offer.folders or self.choose(categories))]


def find(name: str) -> Download:
    """The dataset of a name.

    Raises:
        ConfigError: If there is none, with the near one.
    """
    from iadbe.benchmark.selection import did_you_mean

    known = downloads()
    if name not in known:
        hint = did_you_mean(name, sorted(known))
        raise ConfigError(f"no dataset {name!r} to download; {hint}.")
    return known[name]


@cache
def downloads() -> dict[str, Download]:
    """All datasets that can be downloaded, by name."""
    from omegaconf import OmegaConf

    text = files(__package__).joinpath("downloads.yml").read_text("utf-8")
    entries = OmegaConf.to_container(OmegaConf.create(text))
    assert isinstance(entries, dict)
    facts = official_datasets()
    return {
        name: Download(name=name, offer=Offer.model_validate(entry), facts=facts[name])
        for name, entry in ((str(key), entry) for key, entry in entries.items())
    }
