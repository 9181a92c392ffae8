"""Ingestion: raw images become one checked manifest a dataset."""

from iadbe.pipelines.ingestion.pipeline import create_pipeline

__all__ = ["create_pipeline"]
