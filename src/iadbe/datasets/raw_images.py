"""A folder of raw images in a known layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd
from kedro.io import AbstractDataset, DatasetError

from iadbe.errors import AbsentCategoryError, ConfigError, DataError
from iadbe.layouts import load_layout
from iadbe.layouts.options import checked_options
from iadbe.remote.address import cache_folder, fetched, is_remote, local_path

LABELLED = "labelled_defects"
"""The option that every layout has: see `iadbe.pipelines.ingestion.labelled_defects`."""


@dataclass(frozen=True)
class RawImages:
    """Where raw images lie and how they are laid out."""

    root: Path
    layout: str
    options: Mapping[str, Any] = field(default_factory=dict)
    labelled_defects: int = 0

    def index(self, categories: list[str], made: Path | None = None) -> pd.DataFrame:
        """List the files of the categories, all of which have to be there.

        Args:
            categories: Their names.
            made: As for `index_present`.

        Raises:
            AbsentCategoryError: If one is not there.
            DataError: As `index_present`.
            ConfigError: As `index_present`.
        """
        files, absent = self.index_present(categories, made)
        if absent:
            raise AbsentCategoryError(next(iter(absent.values())))
        return files

    def index_present(
        self, categories: list[str], made: Path | None = None
    ) -> tuple[pd.DataFrame, dict[str, str]]:
        """List the files of the categories that are there; no photograph is changed.

        Args:
            categories: Their names.
            made: Folder for files that the layout makes (masks of polygons, synthetic anomalies);
                by default below the user's cache folder.

        Returns:
            The files; and what is wrong with each category that is not there, by name.

        Raises:
            AbsentCategoryError: If none of them is there.
            DataError: If the folder does not hold what its layout promises.
            ConfigError: If the layout or an option is unknown, or categories are the same images.
        """
        index = load_layout(self.layout)
        cache = made or cache_folder() / "made"
        options = checked_options(self.layout, index, self.options, cache)
        try:
            frames, absent = _each(categories, lambda name: index(self.root, name, **options))
        except OSError as error:
            place = error.filename or cache
            raise DataError(
                f"{place}: {error.strerror or error}. Make it readable, or {cache} writable."
            ) from error
        if not frames:
            raise AbsentCategoryError("; ".join(absent.values()))
        files = pd.concat(frames, ignore_index=True)
        self._refuse_same(files)
        return files, absent

    def _refuse_same(self, files: pd.DataFrame) -> None:
        twice = files[files["sample_id"].duplicated(keep=False)]
        if not twice.empty:
            names = " and ".join(sorted(set(twice["category"])))
            raise ConfigError(
                f"{self.root}: the images of {names} are the same, e.g. "
                f"'{twice['sample_id'].iloc[0]}'. Give each category a folder, or list one only."
            )


def _each(
    categories: list[str], index: Callable[[str], pd.DataFrame]
) -> tuple[list[pd.DataFrame], dict[str, str]]:
    """The files of each category that is there, and what is wrong with each that is not."""
    frames: list[pd.DataFrame] = []
    absent: dict[str, str] = {}
    for name in categories:
        try:
            frames.append(index(name))
        except AbsentCategoryError as error:
            absent[name] = str(error)
    return frames, absent


class RawImagesDataset(AbstractDataset[None, RawImages]):
    """Raw images on disk or at an address; read-only.

    Args:
        filepath: The folder of the dataset: a path, `hf://datasets/<owner>/<name>@<revision>`, or
            any address of fsspec. What is remote is copied into a local cache folder, once.
        layout: Name registered under the entry-point group `iadbe.layouts`, e.g. `mvtec_ad`.
        options: Of the layout; and for any layout `labelled_defects: k`, which moves k anomalous
            images of each defect type from test to train, for supervised models.
        download: Whether to get the official archive of the layout's dataset where the folder is
            not there yet, as `iadbe datasets download` does; its licence is then accepted by you.
        credentials: For the file system of a remote address.
        fs_args: Other arguments of that file system.
        metadata: Ignored; for kedro-viz.
    """

    def __init__(  # noqa: PLR0913
        self,
        *,
        filepath: str,
        layout: str,
        options: dict[str, Any] | None = None,
        download: bool = False,
        credentials: dict[str, Any] | None = None,
        fs_args: dict[str, Any] | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> None:
        self._address = filepath
        self._layout = layout
        self._options = dict(options or {})
        self._download = download
        self._labelled = _count(self._options.pop(LABELLED, 0))
        self._system = {**(fs_args or {}), **(credentials or {})}
        self.metadata = metadata

    def load(self) -> RawImages:
        """Where the images are; fetches what is remote, or official and asked for."""
        if self._download:
            from iadbe.download import ensure

            ensure(local_path(self._address), self._layout)
        root = fetched(self._address, self._system)
        return RawImages(root, self._layout, self._options, self._labelled)

    def save(self, data: None) -> NoReturn:
        """Raw data are never written."""
        raise DatasetError("Raw images are read-only.")

    def _exists(self) -> bool:
        return is_remote(self._address) or local_path(self._address).exists()

    def _describe(self) -> dict[str, Any]:
        options = {"options": self._options} if self._options else {}
        return {"filepath": self._address, "layout": self._layout, **options}


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ConfigError(
            f"option '{LABELLED}': {value!r} is no count of images. Write 0 or more in catalog.yml."
        )
    return value


class DemoImagesDataset(RawImagesDataset):
    """The embedded demo: drawn from a seed when it is first loaded.

    Args:
        filepath: The folder to draw into.
        seed: Seed of the drawing.
        metadata: Ignored; for kedro-viz.
    """

    def __init__(
        self, *, filepath: str, seed: int = 0, metadata: dict[str, Any] | None = None
    ) -> None:
        super().__init__(filepath=filepath, layout="mvtec_ad", metadata=metadata)
        self._seed = seed

    def load(self) -> RawImages:
        """Draw what is not there yet, then say where it is."""
        from iadbe.demo.draw import draw

        draw(local_path(self._address), seed=self._seed)
        return super().load()
