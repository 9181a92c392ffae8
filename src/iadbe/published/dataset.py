"""The published results as a catalog dataset."""

from __future__ import annotations

from typing import Any, NoReturn

import pandas as pd
from kedro.io import AbstractDataset, DatasetError

from iadbe.published.load import ANOMALIB, ORIGINAL, PAPERS, published


class PublishedDataset(AbstractDataset[None, pd.DataFrame]):
    """Gives the table that the package ships; see `iadbe.published.published`.

    A path in the catalog would not be found where the package is installed from a wheel.

    Args:
        metadata: Ignored; for kedro-viz.
    """

    def __init__(self, *, metadata: dict[str, Any] | None = None) -> None:
        self.metadata = metadata

    def load(self) -> pd.DataFrame:
        """The published results."""
        return published()

    def save(self, data: None) -> NoReturn:  # noqa: ARG002 - AbstractDataset fixes the signature
        """Facts are not saved."""
        raise DatasetError("published results are facts of the package; no node may save them.")

    def _exists(self) -> bool:
        return True

    def _describe(self) -> dict[str, Any]:
        return {"files": [ORIGINAL, PAPERS, ANOMALIB]}
