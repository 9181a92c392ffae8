"""Take what another store has finished and this one has not."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Literal, NamedTuple

from iadbe.cells.ledger import Entry, read_entry
from iadbe.cells.store import Store
from iadbe.errors import DataError
from iadbe.merging.compare import other_data, other_fingerprint, other_metrics
from iadbe.merging.manifests import adopt
from iadbe.merging.place import put_copy, recover
from iadbe.runner.lock import store_lock

Prefer = Literal["ours", "theirs"]
Kind = Literal["copied", "replaced", "kept", "identical", "unfinished", "conflict"]


class Outcome(NamedTuple):
    """What became of a cell of the other store.

    `kept` is a conflict that was decided for ours; `unfinished` was left out because it is not
    finished there.
    """

    cell_id: str
    kind: Kind
    cause: str | None = None


def merge(
    theirs: Store, ours: Store, *, prefer: Prefer | None = None, with_models: bool = False
) -> list[Outcome]:
    """Merge one store into another.

    A cell that is finished there and not here is copied, with the manifest of its category if there
    is none here. One that is finished in both is compared. Each is put in place in one step.

    Args:
        theirs: Read only.
        ours: Changed.
        prefer: Whose result of a cell stands where both differ; by default ours, as a conflict.
            Results of other images than those that were ingested here are never taken.
        with_models: Copy models, too. Without them results stand, but are not predicted from.

    Raises:
        DataError: If a run is writing here, nothing can be written, or both are the same folder.
    """
    if theirs.results.resolve() == ours.results.resolve():
        raise DataError(f"{ours.results}: cannot be merged into itself.")
    with store_lock(ours.results):
        recover(ours.results)
        recover(ours.models)
        return [
            _merge_cell(theirs, ours, cell_id, prefer, with_models=with_models)
            for cell_id in theirs.cell_ids()
        ]


def _merge_cell(
    theirs: Store, ours: Store, cell_id: str, prefer: Prefer | None, *, with_models: bool
) -> Outcome:
    there, here = theirs.ledger.read(cell_id), ours.ledger.read(cell_id)
    if there is None or not theirs.is_complete(cell_id, there):
        return Outcome(cell_id, "unfinished")
    if cause := other_data(ours, theirs, cell_id):
        return Outcome(cell_id, "kept" if prefer == "ours" else "conflict", cause)
    if here is None or not ours.is_complete(cell_id, here):
        return _take(theirs, ours, cell_id, Outcome(cell_id, "copied"), with_models=with_models)
    cause = other_fingerprint(here, there) or other_metrics(
        ours.metrics(cell_id), theirs.metrics(cell_id)
    )
    if cause is None:
        return Outcome(cell_id, "identical")
    if prefer == "theirs":
        taken = Outcome(cell_id, "replaced", cause)
        return _take(theirs, ours, cell_id, taken, with_models=with_models)
    return Outcome(cell_id, "kept" if prefer == "ours" else "conflict", cause)


def _take(
    theirs: Store, ours: Store, cell_id: str, taken: Outcome, *, with_models: bool
) -> Outcome:
    there, here = theirs.ledger.read(cell_id), ours.ledger.read(cell_id)
    adopt(ours, theirs, cell_id)
    source, model = theirs.model(cell_id), ours.model(cell_id)
    copies_model = with_models and source.is_dir()
    if copies_model or not _same_fit(here, there):
        # A model of ours must never lie under an entry that speaks of theirs.
        shutil.rmtree(model, ignore_errors=True)

    def is_whole(copy: Path) -> bool:
        return read_entry(copy) == there

    folder = theirs.ledger.folder(cell_id), ours.ledger.folder(cell_id)
    if not put_copy(*folder, is_whole):
        return Outcome(cell_id, "conflict", "it changed while it was copied: merge again")
    if copies_model:
        put_copy(source, model)
    return taken


def _same_fit(here: Entry | None, there: Entry | None) -> bool:
    return bool(here and there and here.stages.get("fit") == there.stages.get("fit"))
