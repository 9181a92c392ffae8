"""model, samples → predictions, anomaly_maps, detections → metrics, curves, examples."""

from __future__ import annotations

from kedro.pipeline import Pipeline, node

from iadbe.pipelines.evaluation.nodes import evaluate, illustrate, predict


def create_pipeline() -> Pipeline:
    """The template for one cell."""
    scored = ["samples", "predictions", "anomaly_maps"]
    return Pipeline(
        [
            node(
                predict,
                inputs=["model", "samples", "params:cell", "decoded_images"],
                outputs=["predictions", "anomaly_maps", "latencies", "run", "detections"],
                name="predict",
            ),
            node(
                illustrate,
                inputs=["params:cell", *scored],
                outputs="examples",
                name="illustrate",
            ),
            node(
                evaluate,
                inputs=["params:cell", *scored, "latencies", "run", "detections"],
                outputs=["metrics", "curves"],
                name="evaluate",
            ),
        ]
    )
