"""Running the matrix: every cell isolated, recorded and resumable."""

from iadbe.runner.cell_runner import CellRunner

__all__ = ["CellRunner"]
