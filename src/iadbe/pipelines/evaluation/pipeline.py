"""model, samples → predictions, anomaly_maps, … → metrics, curves, scores, examples."""

from __future__ import annotations

from kedro.pipeline import Pipeline, node

from iadbe.pipelines.evaluation.nodes import evaluate, illustrate, measure_costs, predict


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
                measure_costs,
                inputs=["model", "samples", "params:cell", "run", "decoded_images"],
                outputs="costs",
                name="measure_costs",
            ),
            node(
                illustrate,
                inputs=["params:cell", *scored],
                outputs="examples",
                name="illustrate",
            ),
            node(
                evaluate,
                inputs=["params:cell", *scored, "costs", "run", "detections", "latencies"],
                outputs=["metrics", "curves", "scores"],
                name="evaluate",
            ),
        ]
    )
