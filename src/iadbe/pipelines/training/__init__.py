"""Training: fit the model of a cell."""

from iadbe.pipelines.training.pipeline import create_pipeline

__all__ = ["create_pipeline"]
