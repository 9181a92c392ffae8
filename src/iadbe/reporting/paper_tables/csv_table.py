"""A table for programs: one row a model, shares in [0, 1] in full precision."""

from __future__ import annotations

import pandas as pd

from iadbe.reporting.paper_tables.table import PaperTable


def csv(table: PaperTable) -> str:
    """A column a category, then what the average is over, and why values are missing.

    A degenerate value is left out, as no program sees a dagger; `notes` has its cause.
    """
    rows = [
        {
            "model": row.model,
            "supervision": row.supervision,
            **{
                category: None if entry.degenerate else entry.value
                for category, entry in zip(table.categories, row.entries, strict=True)
            },
            "average": row.average.value,
            "averaged": row.averaged,
            "categories": len(table.categories),
            "notes": "; ".join(table.reasons.get(row.model, [])) or None,
        }
        for row in table.rows
    ]
    return pd.DataFrame(rows).to_csv(index=False, lineterminator="\n")
