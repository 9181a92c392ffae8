"""A cell's run record: JSON that is written in one step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kedro.io import AbstractDataset

from iadbe.errors import DataError


class RunRecordDataset(AbstractDataset[dict[str, Any], dict[str, Any]]):
    """How a cell was made: configuration, data, weights, versions, machine, times.

    Args:
        filepath: The JSON file.
        metadata: Ignored; for kedro-viz.
    """

    def __init__(self, *, filepath: str, metadata: dict[str, Any] | None = None) -> None:
        self._file = Path(filepath)
        self.metadata = metadata

    def load(self) -> dict[str, Any]:
        """The record.

        Raises:
            DataError: If there is none, or it is damaged.
        """
        try:
            record: dict[str, Any] = json.loads(self._file.read_text("utf-8"))
        except FileNotFoundError as error:
            raise DataError(
                f"No run record {self._file}: run `kedro run --pipelines evaluation` first."
            ) from error
        except (OSError, ValueError) as error:
            raise DataError(
                f"{self._file} cannot be read ({error}): remove it, and the next run makes it anew."
            ) from error
        return record

    def save(self, data: dict[str, Any]) -> None:
        """Write beside, then put in place.

        Raises:
            DataError: If the folder cannot be written.
        """
        partial = self._file.with_name(f"{self._file.name}.partial")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(data, indent=1, ensure_ascii=False), "utf-8")
            partial.replace(self._file)
        except OSError as error:
            raise DataError(
                f"Cannot write {self._file} ({error.strerror or error}): make its folder writable, "
                "or give another one in catalog.yml."
            ) from error

    def _exists(self) -> bool:
        return self._file.is_file()

    def _describe(self) -> dict[str, Any]:
        return {"filepath": str(self._file)}
