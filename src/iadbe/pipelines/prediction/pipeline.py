"""images, model, metrics → scores, overlays."""

from __future__ import annotations

from kedro.pipeline import Pipeline, node

from iadbe.pipelines.prediction.nodes import list_images, score_images


def create_pipeline() -> Pipeline:
    """The template for one trained cell."""
    return Pipeline(
        [
            node(list_images, inputs="params:images", outputs="images", name="list_images"),
            node(
                score_images,
                inputs=["model", "images", "metrics"],
                outputs=["scores", "overlays"],
                name="score_images",
            ),
        ]
    )
