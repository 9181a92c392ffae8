"""A folder of raw images in a known layout."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd
from kedro.io import AbstractDataset, DatasetError

from iadbe.layouts import load_layout


@dataclass(frozen=True)
class RawImages:
    """Where raw images lie and how they are laid out."""

    root: Path
    layout: str

    def index(self, categories: list[str]) -> pd.DataFrame:
        """List the files of the categories; none is opened.

        Raises:
            DataError: If the folder does not hold what its layout promises.
            ConfigError: If the layout is unknown.
        """
        index = load_layout(self.layout)
        return pd.concat([index(self.root, name) for name in categories], ignore_index=True)


class RawImagesDataset(AbstractDataset[None, RawImages]):
    """Raw images on disk; read-only.

    Args:
        filepath: The folder that holds one folder a category.
        layout: Name registered under the entry-point group `iadbe.layouts`, e.g. `mvtec_ad`.
        metadata: Ignored; for kedro-viz.
    """

    def __init__(
        self, *, filepath: str, layout: str, metadata: dict[str, Any] | None = None
    ) -> None:
        self._root = Path(filepath)
        self._layout = layout
        self.metadata = metadata

    def load(self) -> RawImages:
        """Where the images are."""
        return RawImages(self._root, self._layout)

    def save(self, data: None) -> NoReturn:
        """Raw data are never written."""
        raise DatasetError("Raw images are read-only.")

    def _exists(self) -> bool:
        return self._root.is_dir()

    def _describe(self) -> dict[str, Any]:
        return {"filepath": str(self._root), "layout": self._layout}


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

        draw(self._root, seed=self._seed)
        return super().load()
