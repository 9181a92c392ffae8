"""raw, inspections → samples."""

from __future__ import annotations

from kedro.pipeline import Pipeline, node

from iadbe.pipelines.ingestion.nodes import index_samples


def create_pipeline() -> Pipeline:
    """The template for one dataset."""
    return Pipeline(
        [
            node(
                index_samples,
                inputs=["raw", "inspections", "params:ingest"],
                outputs="samples",
                name="index_samples",
            )
        ]
    )
