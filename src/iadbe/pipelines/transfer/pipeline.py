"""model, samples → transfer."""

from __future__ import annotations

from kedro.pipeline import Pipeline, node

from iadbe.cells.nodes import TRANSFER
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
