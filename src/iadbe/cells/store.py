"""The result store of a benchmark: where the results, models and manifests of its cells lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from iadbe.cells.fingerprint import STAGES_BEFORE
from iadbe.cells.ledger import Entry, Ledger
from iadbe.datasets.result import ResultDataset

CELL = "{dataset}.{model}.{category}.{seed}"
IMPORTED = "import"
"""The one stage of a cell whose results were read from somebody's log."""


@dataclass(frozen=True)
class Store:
    """Folders of one benchmark.

    Attributes:
        results: `data/07_model_output/<benchmark>`: ledger, run records, metrics, maps.
        models: `data/06_models/<benchmark>`.
        manifests: `data/02_intermediate/<benchmark>`.
    """

    results: Path
    models: Path
    manifests: Path

    @classmethod
    def at(cls, results: Path) -> Store:
        """The store of a folder of results, with the others where the base catalog has them."""
        data, name = results.parent.parent, results.name
        return cls(results, data / "06_models" / name, data / "02_intermediate" / name)

    @classmethod
    def of(cls, catalog: Mapping[str, Any]) -> Store:
        """The store that a catalog's configuration names.

        Args:
            catalog: Catalog entries by name, resolved.
        """
        patterns = [catalog[name]["filepath"] for name in (f"{CELL}.model", "{dataset}.samples")]
        models, manifests = (Path(pattern.split("{")[0]) for pattern in patterns)
        return cls(Path(catalog["ledger"]["filepath"]), models, manifests)

    @property
    def name(self) -> str:
        """The benchmark's name."""
        return self.results.name

    @property
    def ledger(self) -> Ledger:
        """What stands of each cell."""
        return Ledger(self.results)

    def cell_ids(self) -> list[str]:
        """All cells that were ever begun, sorted."""
        entries = self.results.glob("*/*/*/s*/ledger.json")
        return sorted(".".join(e.parent.relative_to(self.results).parts) for e in entries)

    def model(self, cell_id: str) -> Path:
        """The folder of a cell's model."""
        return self.models.joinpath(*cell_id.split("."))

    def manifest(self, dataset: str) -> Path:
        """The file of a dataset's samples."""
        return self.manifests / f"{dataset}.parquet"

    def samples(self, dataset: str) -> pd.DataFrame:
        """The manifest of a dataset; without rows if there is none of this version."""
        return self._table(self.manifest(dataset), "SamplesSchema")

    def metrics(self, cell_id: str) -> pd.DataFrame:
        """The metrics of a cell; without rows if there are none of this version."""
        return self._table(self.ledger.folder(cell_id) / "metrics.parquet", "MetricsSchema")

    def is_complete(self, cell_id: str, entry: Entry | None) -> bool:
        """Whether a cell was finished from training to metrics, or imported."""
        if entry is None or entry.state != "finished" or not self.ledger.has_metrics(cell_id):
            return False
        return IMPORTED in entry.stages or entry.stages.keys() >= STAGES_BEFORE.keys()

    def _table(self, file: Path, schema: str) -> pd.DataFrame:
        return ResultDataset(filepath=str(file), schema=f"iadbe.schemas.{schema}").load()
