"""The scorecard as people read it: counts of verdicts, a block a model, and Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from iadbe.reporting.formats import NOTHING, count, score, text, words
from iadbe.schemas import VERDICTS

_METRICS = {"image_auroc": "image AUROC", "pixel_auroc": "pixel AUROC", "aupro": "AUPRO"}
_SOURCES = {"original_iadbe": "original IADBE", "paper": "paper", "anomalib": "Anomalib"}
_HEAD = (
    "model", "category", "metric", "ours", "published", "difference", "verdict", "source",
    "what differs, or why there is no comparison",
)  # fmt: skip


class ScoreRow(NamedTuple):
    """One published number beside ours, all as text."""

    category: str
    metric: str
    ours: str
    published: str
    difference: str
    verdict: str
    source: str
    notes: list[str]


class ModelScores(NamedTuple):
    """One model: how often each verdict fell, and its rows."""

    model: str
    compared_with: str
    another_backbone: bool
    counts: dict[str, int]
    rows: list[ScoreRow]


class ScoreTable(NamedTuple):
    """The scorecard of one dataset; without models if nothing is published on it."""

    counts: dict[str, int]
    tolerances: str
    models: list[ModelScores]


def score_table(compared: pd.DataFrame | None, dataset: str) -> ScoreTable:
    """Lay out the rows of one dataset (`iadbe.schemas.ScorecardSchema`)."""
    if compared is None:
        return ScoreTable({}, "", [])
    own = compared[compared["dataset"] == dataset]
    models = [_model(str(name), rows) for name, rows in own.groupby("model", sort=False)]
    return ScoreTable(_counts(own), _tolerances(own), models)


def scorecard_markdown(compared: pd.DataFrame) -> str:
    """The counts and all rows of a scorecard as Markdown, a table a dataset."""
    if compared.empty:
        return "Nothing is published on the models and categories of this benchmark."
    parts = [_dataset(str(name), rows) for name, rows in compared.groupby("dataset", sort=False)]
    return "\n\n".join(parts)


def _dataset(name: str, rows: pd.DataFrame) -> str:
    told = ", ".join(f"{number} {verdict}" for verdict, number in _counts(rows).items() if number)
    lines = [_line([f"`{row['model']}`", *_markdown_row(row)]) for _, row in rows.iterrows()]
    intro = f"{name}: {count(len(rows), 'published number', 'published numbers')}; {told}."
    if other := int(_another_backbone(rows).sum()):
        intro += f" With another backbone: {other} of them."
    return "\n".join([intro, "", _line(_HEAD), _line(["---"] * len(_HEAD)), *lines])


def _markdown_row(row: pd.Series) -> list[str]:
    *shown, notes = _row(row)
    return [*shown, "; ".join(notes) or NOTHING]


def _model(name: str, rows: pd.DataFrame) -> ModelScores:
    shown = [_row(row) for _, row in rows.iterrows()]
    another = bool(_another_backbone(rows).any())
    return ModelScores(name, str(rows["compared_with"].iloc[0]), another, _counts(rows), shown)


def _another_backbone(rows: pd.DataFrame) -> pd.Series:
    return rows["differences"].str.contains("another backbone", na=False)


def _row(row: pd.Series) -> ScoreRow:
    gap = row["difference"]
    notes = [note for note in (text(row["reason"]), text(row["differences"])) if note]
    return ScoreRow(
        category=words(row["category"]),
        metric=_METRICS.get(row["metric"], row["metric"]),
        ours=score(row["ours"]),
        published=score(row["published"]),
        difference=NOTHING if pd.isna(gap) else f"{gap:+.3f}".replace("-", "\u2212"),
        verdict=row["verdict"],
        source=_source(row["source"], row["reference"]),
        notes=notes,
    )


def _source(name: str, reference: str) -> str:
    """E.g. `original IADBE: README, …`; a reference that names its source stands alone."""
    source = _SOURCES.get(name, name)
    return reference if source.lower() in reference.lower() else f"{source}: {reference}"


def _counts(rows: pd.DataFrame) -> dict[str, int]:
    """Every verdict with its number, zero included, in the order of `VERDICTS`."""
    return {name: int((rows["verdict"] == name).sum()) for name in VERDICTS}


def _tolerances(rows: pd.DataFrame) -> str:
    """What the rows were judged by, e.g. `0.01 image AUROC, 0.02 AUPRO`."""
    each = rows.drop_duplicates("metric").set_index("metric")["tolerance"]
    return ", ".join(f"{value:g} {_METRICS.get(str(name), name)}" for name, value in each.items())


def _line(entries: Sequence[str]) -> str:
    return "| " + " | ".join(entries) + " |"
