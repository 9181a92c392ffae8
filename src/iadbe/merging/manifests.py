"""Take over the manifest of a dataset that was never ingested here, or not all of it."""

from __future__ import annotations

import pandas as pd

from iadbe.cells.store import Store
from iadbe.datasets.result import ResultDataset


def adopt(ours: Store, theirs: Store, cell_id: str) -> None:
    """Add the samples of a cell's category to our manifest, if it has none of them.

    The paths stay those of the other machine; ingestion here writes them anew, and no fingerprint
    depends on them.
    """
    dataset, _, category, _ = cell_id.split(".")
    here, there = ours.samples(dataset), theirs.samples(dataset)
    more = there[there["category"] == category]
    if more.empty or (here["category"] == category).any():
        return
    whole = pd.concat([here, more]) if len(here) else more
    file = ResultDataset(filepath=str(ours.manifest(dataset)), schema="iadbe.schemas.SamplesSchema")
    file.save(whole.sort_values("sample_id", ignore_index=True))
