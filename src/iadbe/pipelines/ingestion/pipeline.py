"""raw, inspections → audit → samples → thumbnails."""

from __future__ import annotations

from kedro.pipeline import Pipeline, node

from iadbe.pipelines.ingestion.nodes import audit_files, draw_samples, split_samples


def create_pipeline() -> Pipeline:
    """The template for one dataset; the findings are saved before an error among them stops it."""
    return Pipeline(
        [
            node(
                audit_files,
                inputs=["raw", "inspections", "params:ingest"],
                outputs=["files", "audit"],
                name="audit_files",
            ),
            node(
                split_samples,
                inputs=["files", "audit", "raw", "params:ingest"],
                outputs="samples",
                name="split_samples",
            ),
            node(
                draw_samples,
                inputs=["samples", "params:ingest", "decoded_images"],
                outputs="thumbnails",
                name="draw_samples",
            ),
        ]
    )
