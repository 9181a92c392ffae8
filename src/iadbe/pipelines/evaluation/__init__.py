"""Evaluation: predict, measure and illustrate a cell."""

from iadbe.pipelines.evaluation.pipeline import create_pipeline

__all__ = ["create_pipeline"]
