"""Telling samples, with their pictures embedded as far as the report's size allows."""

from __future__ import annotations

import base64
from typing import NamedTuple

import pandas as pd

from iadbe.reporting.formats import amount, text, words
from iadbe.reporting.results import only_done

MAX_BYTES = 2_100_000
"""Picture bytes in one report; with plotly.js and base64 that stays below 8 MB."""

_PICTURES = ["image", "mask", "anomaly_map"]
KINDS = {
    "best_hit": "Best hits",
    "worst_miss": "Worst misses",
    "worst_false_alarm": "Worst false alarms",
}


class Picture(NamedTuple):
    """A picture as a data URI, None when there is none, and what it shows."""

    uri: str | None
    alt: str
    caption: str


class Example(NamedTuple):
    """One test sample of one model."""

    kind: str
    category: str
    defect_type: str
    sample_id: str
    score: str
    pictures: list[Picture]


def choose(examples: pd.DataFrame, runs: pd.DataFrame, max_bytes: int = MAX_BYTES) -> pd.DataFrame:
    """The examples of finished cells that fit into a report.

    The first places of all models and categories come before the second ones, so a cut hits all
    models alike.

    Args:
        examples: Samples with pictures (`iadbe.schemas.ExamplesSchema`).
        runs: One row a cell (`iadbe.schemas.RunsSchema`).
        max_bytes: What the pictures of all chosen rows may take together.
    """
    done = only_done(examples, runs)
    ordered = done.sort_values(["seed", "place", "category", "kind", "model"], kind="stable")
    sizes = sum((ordered[column].map(_size) for column in _PICTURES), start=0 * ordered["place"])
    return done.loc[ordered.index[sizes.cumsum() <= max_bytes].sort_values()]


def gallery(examples: pd.DataFrame, models: list[str]) -> dict[str, dict[str, list[Example]]]:
    """Chosen examples of one dataset: by model in the given order, then by kind."""
    groups: dict[str, dict[str, list[Example]]] = {}
    for model in models:
        own = examples[examples["model"] == model]
        kinds = {
            title: [_example(row) for _, row in own[own["kind"] == kind].iterrows()]
            for kind, title in KINDS.items()
        }
        groups[model] = {title: found for title, found in kinds.items() if found}
    return {model: kinds for model, kinds in groups.items() if kinds}


def data_uri(picture: bytes) -> str:
    """JPEG or PNG bytes as a `data:` address."""
    kind = "png" if picture.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"


def _example(row: pd.Series) -> Example:
    category, defect = words(row["category"]), words(row["defect_type"])
    about = f"{category}, {defect}, {row['sample_id']}"
    pictures = [
        _picture(row["image"], f"Test image of {about}", "image"),
        _picture(row["mask"], f"Defect mask of {about}", "mask"),
        _picture(row["anomaly_map"], f"Anomaly map of {row['model']} for {about}", "anomaly map"),
    ]
    shown = amount(row["image_score"])
    return Example(row["kind"], category, defect, text(row["sample_id"]) or "", shown, pictures)


def _picture(content: object, alt: str, caption: str) -> Picture:
    return Picture(data_uri(content) if isinstance(content, bytes) else None, alt, caption)


def _size(content: object) -> int:
    return len(content) if isinstance(content, bytes) else 0
