"""All cells and categories of a report as blocks of data that the page reads when asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup

from iadbe.reporting.details import Details
from iadbe.reporting.drill_down.budget import Chosen, allowance, choose
from iadbe.reporting.drill_down.category_block import category_block
from iadbe.reporting.drill_down.cell_block import CellTables, cell_block
from iadbe.reporting.results import CELL, with_result
from iadbe.schemas import CurvesSchema, ExamplesSchema, MetricsSchema, ScoresSchema


class Block(NamedTuple):
    """An element's id, and the JSON inside."""

    id: str
    content: Markup


class DrillDown(NamedTuple):
    """What the page needs to look into cells."""

    cells: list[Block]
    categories: list[Block]
    entries: list[list[Any]]
    """A row a cell: dataset, model, category, seed, cell, status."""
    albums: list[Album]
    left_out: int


class Album(NamedTuple):
    """A category with pictures: its block, and the defect types that are among them."""

    dataset: str
    category: str
    block: str
    types: list[str]


def drill_down(
    runs: pd.DataFrame, metrics: pd.DataFrame, examples: pd.DataFrame, details: Details
) -> DrillDown:
    """Blocks of every cell and category of a matrix.

    Args:
        runs: One row a cell (`iadbe.schemas.RunsSchema`).
        metrics: Metric values (`iadbe.schemas.MetricsSchema`).
        examples: Telling samples (`iadbe.schemas.ExamplesSchema`).
        details: Scores, curves and thumbnails.
    """
    fresh = with_result(examples, runs).reset_index(drop=True)
    chosen = choose(fresh, details.thumbnails, allowance(len(runs)))
    scores = with_result(details.scores, runs)
    categories, places = _categories(runs, scores, details.thumbnails, chosen)
    by_cell = _ByCell(
        scores=_split(scores),
        curves=_split(with_result(details.curves, runs)),
        metrics=_split(with_result(metrics, runs)),
        examples=_split(fresh.loc[sorted(chosen.maps)]),
    )
    colours = _colours(fresh)
    cells = [
        block(
            f"cell:{run['cell']}",
            cell_block(
                run,
                by_cell.of(tuple(run[CELL])),
                places[run["dataset"], run["category"]],
                colours.get((run["dataset"], run["model"])),
            ),
        )
        for _, run in runs.iterrows()
    ]
    index = runs[[*CELL, "cell", "status"]].to_numpy(dtype=object).tolist()
    return DrillDown(cells, categories, index, _albums(details.thumbnails), chosen.left_out)


def _albums(thumbnails: pd.DataFrame) -> list[Album]:
    groups = thumbnails.groupby(["dataset", "category"], sort=False)["defect_type"]
    return [
        Album(str(dataset), str(category), f"category:{dataset}.{category}", sorted(set(types)))
        for (dataset, category), types in groups
    ]


_Split = dict[tuple[Any, ...], pd.DataFrame]


class _ByCell(NamedTuple):
    scores: _Split
    curves: _Split
    metrics: _Split
    examples: _Split

    def of(self, cell: tuple[Any, ...]) -> CellTables:
        empty = (ScoresSchema, CurvesSchema, MetricsSchema, ExamplesSchema)
        return CellTables(
            *(table.get(cell, schema.empty()) for table, schema in zip(self, empty, strict=True))
        )


def _split(table: pd.DataFrame) -> _Split:
    return {tuple(key): rows for key, rows in table.groupby(CELL, sort=False)}


def _categories(
    runs: pd.DataFrame, scores: pd.DataFrame, thumbnails: pd.DataFrame, chosen: Chosen
) -> tuple[list[Block], dict[tuple[str, str], dict[str, int]]]:
    """Blocks of all categories, and the place of each sample id in its category."""
    blocks, places = [], {}
    pairs = runs.drop_duplicates(["dataset", "category"])
    for dataset, category in zip(pairs["dataset"], pairs["category"], strict=True):
        scored, drawn = (
            table[(table["dataset"] == dataset) & (table["category"] == category)]
            for table in (scores, thumbnails)
        )
        content = category_block(dataset, scored, drawn, chosen.pictures)
        places[dataset, category] = {row[0]: at for at, row in enumerate(content["samples"])}
        blocks.append(block(f"category:{dataset}.{category}", content))
    return blocks, places


def _colours(examples: pd.DataFrame) -> dict[tuple[Any, ...], tuple[float, float]]:
    """The span of the maps of each dataset and model, so that its cells look alike."""
    known = examples.dropna(subset=["map_low", "map_high"])
    spans = known.groupby(["dataset", "model"]).agg({"map_low": "min", "map_high": "max"})
    return {key: (float(low), float(high)) for key, (low, high) in _rows(spans)}


def _rows(spans: pd.DataFrame) -> Iterator[tuple[Any, Any]]:
    return zip(spans.index, spans.to_numpy().tolist(), strict=True)


def block(id_: str, content: object) -> Block:
    """Data as JSON that cannot end the script element it stands in."""
    text = json.dumps(content, separators=(",", ":"), allow_nan=False)
    return Block(id_, Markup(text.replace("<", "\\u003c")))  # noqa: S704 - escaped just here
