"""model, samples → transfer of each cell → transfers."""

from __future__ import annotations

from kedro.pipeline import Pipeline, node

from iadbe.benchmark.cell import Cell
from iadbe.cells.nodes import TRANSFER
from iadbe.pipelines.reporting.nodes import gather
from iadbe.pipelines.transfer.nodes import transfer


def create_pipeline() -> Pipeline:
    """The template for one finished cell."""
    return Pipeline(
        [
            node(
                transfer,
                inputs=["model", "samples", "params:cell", "ledger", "decoded_images"],
                outputs="transfer",
                name=TRANSFER,
            )
        ]
    )


def gathering(cells: list[Cell]) -> Pipeline:
    """All transfers of the matrix as one table.

    Here and not in reporting: there, every cell's would be an input that nothing makes, and stand
    at the root of the picture that kedro-viz draws.
    """
    made = [f"{cell.id}.{TRANSFER}" for cell in cells]
    return Pipeline([node(gather, inputs=made, outputs="transfers", name="gather_transfers")])
