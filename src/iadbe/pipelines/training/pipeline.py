"""samples → model."""

from __future__ import annotations

from kedro.pipeline import Pipeline, node

from iadbe.pipelines.training.nodes import fit


def create_pipeline() -> Pipeline:
    """The template for one cell."""
    return Pipeline(
        [
            node(
                fit,
                inputs=["samples", "params:cell", "decoded_images", "params:origin"],
                outputs="model",
                name="fit",
            )
        ]
    )
