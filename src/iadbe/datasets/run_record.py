"""A cell's run record: JSON that is written in one step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kedro.io import AbstractDataset

from iadbe.datasets.in_one_step import write_in_one_step
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
        content = json.dumps(data, indent=1, ensure_ascii=False)
        write_in_one_step(self._file, lambda path: path.write_text(content, "utf-8"))

    def _exists(self) -> bool:
        return self._file.is_file()

    def _describe(self) -> dict[str, Any]:
        return {"filepath": str(self._file)}
