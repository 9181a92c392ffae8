"""Prediction: a trained cell scores any images."""

from iadbe.pipelines.prediction.pipeline import create_pipeline

__all__ = ["create_pipeline"]
