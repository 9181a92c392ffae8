"""The store of decoded images as a catalog dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

from kedro.io import AbstractDataset, DatasetError

from iadbe.images.store import ImageStore


class ImageStoreDataset(AbstractDataset[None, ImageStore]):
    """Gives the `ImageStore`, which keeps its own files.

    Args:
        filepath: The folder of the store; it may be removed at any time.
        max_gb: How large it may grow, in 10^9 bytes.
        metadata: Ignored; for kedro-viz.
    """

    def __init__(
        self, *, filepath: str, max_gb: float = 20.0, metadata: dict[str, Any] | None = None
    ) -> None:
        self._folder = Path(filepath)
        self._max_gb = max_gb
        self.metadata = metadata

    def load(self) -> ImageStore:
        """The store."""
        return ImageStore(self._folder, self._max_gb)

    def save(self, data: None) -> NoReturn:
        """It saves itself."""
        raise DatasetError("The store of decoded images keeps its own files; no node may save it.")

    def _exists(self) -> bool:
        return True

    def _describe(self) -> dict[str, Any]:
        return {"filepath": str(self._folder), "max_gb": self._max_gb}
