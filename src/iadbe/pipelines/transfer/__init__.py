"""Transfer: test the model of one category on the others."""

from iadbe.pipelines.transfer.pipeline import create_pipeline, gathering

__all__ = ["create_pipeline", "gathering"]
