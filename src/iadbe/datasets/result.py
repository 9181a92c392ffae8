"""A cell's table: written in one step, and empty, not an error, where the cell did not run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from kedro.io import AbstractDataset
from kedro.utils import load_obj

from iadbe.datasets.in_one_step import write_in_one_step
from iadbe.errors import DataError

if TYPE_CHECKING:
    from kedro_datasets._typing import TablePreview


class ResultDataset(AbstractDataset[pd.DataFrame, pd.DataFrame]):
    """A Parquet file that may not be there yet.

    A benchmark is reported while cells are missing or have failed, so loading an absent table
    gives one with the right columns and no rows.

    Args:
        filepath: The Parquet file.
        schema: Path of the Pandera model that knows the columns, e.g.
            `iadbe.schemas.MetricsSchema`.
        metadata: Ignored; for kedro-viz.
    """

    def __init__(
        self, *, filepath: str, schema: str, metadata: dict[str, Any] | None = None
    ) -> None:
        self._file = Path(filepath)
        self._schema = schema
        self.metadata = metadata

    def load(self) -> pd.DataFrame:
        """The table; without rows if the file is absent.

        Raises:
            DataError: If the file is damaged.
        """
        empty: pd.DataFrame = load_obj(self._schema).empty()
        if not self._exists():
            return empty
        try:
            table = pd.read_parquet(self._file)
        except (OSError, ValueError) as error:
            raise DataError(
                f"{self._file} cannot be read ({error}): remove it, and the next run makes it anew."
            ) from error
        # A table of an earlier version: its cell is stale, and must not keep others from a report.
        return table if set(table.columns) == set(empty.columns) else empty

    def save(self, data: pd.DataFrame) -> None:
        """Write beside, then put in place.

        Raises:
            DataError: If the folder cannot be written.
        """
        write_in_one_step(self._file, lambda path: data.to_parquet(path, index=False))

    def preview(self, nrows: int = 40) -> TablePreview:
        """The first rows, for kedro-viz, which knows the kind by the annotation's name."""
        rows: Any = self.load().head(nrows).to_dict(orient="split")
        return rows

    def _exists(self) -> bool:
        return self._file.is_file()

    def _describe(self) -> dict[str, Any]:
        return {"filepath": str(self._file), "schema": self._schema}
