"""The catalog's door to the ledger, which the runner writes and the collection reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

from kedro.io import AbstractDataset, DatasetError

from iadbe.cells.ledger import Ledger


class LedgerDataset(AbstractDataset[None, Ledger]):
    """Gives the `Ledger` of a benchmark.

    Args:
        filepath: The folder of the benchmark's results.
        metadata: Ignored; for kedro-viz.
    """

    def __init__(self, *, filepath: str, metadata: dict[str, Any] | None = None) -> None:
        self._root = Path(filepath)
        self.metadata = metadata

    def load(self) -> Ledger:
        """The ledger; its entries are read on demand."""
        return Ledger(self._root)

    def save(self, data: None) -> NoReturn:
        """Not for nodes: the runner keeps the ledger."""
        raise DatasetError("The ledger is kept by the runner; no node may save it.")

    def _exists(self) -> bool:
        return True

    def _describe(self) -> dict[str, Any]:
        return {"filepath": str(self._root)}
