"""Whether two machines have the same result of a cell, and if not, what differs."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from iadbe.cells.fingerprint import category_digests
from iadbe.cells.ledger import Entry
from iadbe.cells.store import Store

TOLERANCE = 1e-6
"""Relative and absolute: the order in which threads add moves the last bits of a metric."""
_KEY = ["level", "metric", "defect_type", "defect_size"]


def other_data(ours: Store, theirs: Store, cell_id: str) -> str | None:
    """What tells that a cell was made from other images than the category has here; else None."""
    dataset, _, category, _ = cell_id.split(".")
    here = category_digests(ours.samples(dataset)).get(category)
    recorded = (theirs.ledger.run_record(cell_id).get("data") or {}).get("digest")
    there = recorded or category_digests(theirs.samples(dataset)).get(category)
    if here is None or there is None or here == there:
        return None
    return f"other images of {category}: digest {here} here, {there} there"


def other_fingerprint(ours: Entry, theirs: Entry) -> str | None:
    """The first stage that was finished under another fingerprint; None if all are the same."""
    for stage in dict.fromkeys([*ours.stages, *theirs.stages]):
        here, there = ours.stages.get(stage), theirs.stages.get(stage)
        if here != there:
            return f"other fingerprint of {stage}: {here or 'none'} here, {there or 'none'} there"
    return None


def other_metrics(ours: pd.DataFrame, theirs: pd.DataFrame) -> str | None:
    """How many values differ beyond `TOLERANCE`, costs aside, and the first; None if none does."""
    pairs = _quality(ours).merge(_quality(theirs), on=_KEY, how="outer", suffixes=("", "_there"))
    differing = [
        row
        for row in pairs.to_dict("records")
        if not _same(row["value"], row["value_there"])
    ]  # fmt: skip
    if not differing:
        return None
    first = differing[0]
    values = f"{_shown(first['value'])} here, {_shown(first['value_there'])} there"
    name = " ".join(str(first[key]) for key in _KEY if first[key])
    return f"{len(differing)} of {len(pairs)} values differ: {name} {values}"


def _quality(metrics: pd.DataFrame) -> pd.DataFrame:
    """All but the costs, which differ from run to run; a missing defect is an empty text."""
    rows = metrics.loc[metrics["level"] != "system", [*_KEY, "value"]]
    return rows.assign(**{key: rows[key].astype(object).fillna("") for key in _KEY})


def _same(one: float, two: float) -> bool:
    if pd.isna(one) or pd.isna(two):
        return bool(pd.isna(one) and pd.isna(two))
    return math.isclose(one, two, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def _shown(value: Any) -> str:
    return "null" if pd.isna(value) else f"{value:.7g}"
