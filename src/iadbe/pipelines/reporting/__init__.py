"""Reporting: gather the cells, rank the models, draw the report."""

from iadbe.pipelines.reporting.pipeline import create_pipeline

__all__ = ["create_pipeline"]
