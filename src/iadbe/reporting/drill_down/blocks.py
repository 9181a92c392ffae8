"""All cells and categories of a report as blocks of data that the page reads when asked."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup

from iadbe.metrics.overall import overall
from iadbe.reporting.details import Details
from iadbe.reporting.drill_down.budget import Chosen, allowance, choose
from iadbe.reporting.drill_down.category_block import SAMPLE, THUMBNAIL, category_block
from iadbe.reporting.drill_down.cell_block import (
    EXAMPLE,
    METRIC,
    POINT,
    SCORE,
    CellRows,
    cell_block,
)
from iadbe.reporting.plain_json import plain_json
from iadbe.reporting.results import CELL, with_result
from iadbe.reporting.rows import Row, grouped, rows_of


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
    left = (
        grouped(scores, CELL, SCORE),
        grouped(with_result(details.curves, runs), CELL, POINT),
        grouped(with_result(overall(metrics), runs), CELL, METRIC),
        grouped(fresh.loc[sorted(chosen.maps)], CELL, EXAMPLE),
    )
    colours = _colours(fresh)
    names = list(runs.columns)
    cells = []
    for row in rows_of(runs, names):
        run = dict(zip(names, row, strict=True))
        own = CellRows(*(table.get(tuple(run[name] for name in CELL), []) for table in left))
        where = places[run["dataset"], run["category"]]
        content = cell_block(run, own, where, colours.get((run["dataset"], run["model"])))
        cells.append(Block(f"cell:{run['cell']}", plain_json(content)))
    entries = [list(row) for row in rows_of(runs, [*CELL, "cell", "status"])]
    return DrillDown(cells, categories, entries, _albums(details.thumbnails), chosen.left_out)


def _albums(thumbnails: pd.DataFrame) -> list[Album]:
    groups = thumbnails.groupby(["dataset", "category"], sort=False)["defect_type"]
    return [
        Album(str(dataset), str(category), f"category:{dataset}.{category}", sorted(set(types)))
        for (dataset, category), types in groups
    ]


def _categories(
    runs: pd.DataFrame, scores: pd.DataFrame, thumbnails: pd.DataFrame, chosen: Chosen
) -> tuple[list[Block], dict[Row, dict[str, int]]]:
    """Blocks of all categories, and the place of each sample id in its category."""
    keys = ("dataset", "category")
    samples, drawn = grouped(scores, keys, SAMPLE), grouped(thumbnails, keys, THUMBNAIL)
    blocks: list[Block] = []
    places: dict[Row, dict[str, int]] = {}
    for dataset, category in dict.fromkeys(rows_of(runs, keys)):
        own = [table.get((dataset, category), []) for table in (samples, drawn)]
        content = category_block(dataset, own[0], own[1], chosen.pictures)
        places[dataset, category] = {row[0]: at for at, row in enumerate(content["samples"])}
        blocks.append(Block(f"category:{dataset}.{category}", plain_json(content)))
    return blocks, places


def _colours(examples: pd.DataFrame) -> dict[Row, tuple[float, float]]:
    """The span of the maps of each dataset and model, so that its cells look alike."""
    known = examples.dropna(subset=["map_low", "map_high"])
    spans = grouped(known, ("dataset", "model"), ("map_low", "map_high"))
    return {
        key: (min(low for low, _ in ends), max(high for _, high in ends))
        for key, ends in spans.items()
    }
