"""The memory of file inspections as a catalog dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

from kedro.io import AbstractDataset, DatasetError

from iadbe.images.memory import Inspections


class InspectionsDataset(AbstractDataset[None, Inspections]):
    """Gives the `Inspections`, which keep their own SQLite file.

    Args:
        filepath: The SQLite file.
        metadata: Ignored; for kedro-viz.
    """

    def __init__(self, *, filepath: str, metadata: dict[str, Any] | None = None) -> None:
        self._file = Path(filepath)
        self.metadata = metadata

    def load(self) -> Inspections:
        """The inspections."""
        return Inspections(self._file)

    def save(self, data: None) -> NoReturn:
        """They save themselves."""
        raise DatasetError("Inspections keep their own file; no node may save them.")

    def _exists(self) -> bool:
        return True

    def _describe(self) -> dict[str, Any]:
        return {"filepath": str(self._file)}
