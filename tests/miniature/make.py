"""Make the miniature result store from a finished demo: numbers only, no pictures.

    kedro run && python tests/miniature/make.py data

The reporting tests read it, so they take seconds; run it again when a schema changes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent
OF_CELLS = ("scores", "curves")


def make(data: Path, benchmark: str = "demo") -> None:
    """Write the four tables beside this file."""
    cells = data / "07_model_output" / benchmark
    tables = {name: _gathered(cells, f"{name}.parquet") for name in OF_CELLS}
    for name in ("metrics", "runs"):
        tables[name] = pd.read_parquet(data / "08_reporting" / benchmark / f"{name}.parquet")
    tables["curves"] = tables["curves"].round(4)
    for name, table in tables.items():
        table.to_parquet(HERE / f"{name}.parquet", index=False, compression="zstd")


def _gathered(cells: Path, name: str) -> pd.DataFrame:
    return pd.concat([pd.read_parquet(file) for file in sorted(cells.rglob(name))])


if __name__ == "__main__":
    make(Path(sys.argv[1]))
