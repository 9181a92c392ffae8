"""What a report shows beyond its tables of numbers; every part may be empty."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from iadbe.schemas import (
    CurvesSchema,
    SamplesSchema,
    ScoresSchema,
    ThumbnailsSchema,
    TransferSchema,
)


@dataclass(frozen=True)
class Details:
    """Stored results from which no model is needed to look closer.

    Attributes:
        scores: Of every test sample (`iadbe.schemas.ScoresSchema`).
        curves: Points of curves (`iadbe.schemas.CurvesSchema`).
        thumbnails: Small pictures of the datasets (`iadbe.schemas.ThumbnailsSchema`).
        samples: The manifests of all datasets (`iadbe.schemas.SamplesSchema`).
        transfers: Models on categories that they were not trained on
            (`iadbe.schemas.TransferSchema`).
    """

    scores: pd.DataFrame = field(default_factory=ScoresSchema.empty)
    curves: pd.DataFrame = field(default_factory=CurvesSchema.empty)
    thumbnails: pd.DataFrame = field(default_factory=ThumbnailsSchema.empty)
    samples: pd.DataFrame = field(default_factory=SamplesSchema.empty)
    transfers: pd.DataFrame = field(default_factory=TransferSchema.empty)
