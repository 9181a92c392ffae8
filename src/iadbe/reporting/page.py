"""What the report needs for the page as a whole: its parts, scripts and the way through them."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from iadbe.images.overlay import inferno
from iadbe.reporting.drill_down.blocks import DrillDown
from iadbe.reporting.figures.style import model_styles
from iadbe.reporting.formats import count
from iadbe.reporting.how_sure import HowSure, how_sure
from iadbe.reporting.leaderboard_table import COLUMNS
from iadbe.reporting.plain_json import plain_json
from iadbe.reporting.protocol_table import METRICS as PROTOCOL_METRICS
from iadbe.reporting.run_table import last_result

STYLES = ("report.css", "cell.css", "answer.css", "compare.css")
SCRIPTS = (
    "theme.js", "figures.js", "tables.js", "cell_data.js", "cell_figures.js", "cell_pictures.js",
    "album.js", "datasets.js", "cell.js", "print.js", "answer.js", "compare.js",
)  # fmt: skip
"""In the order in which they need each other."""


def whole_page(metrics: pd.DataFrame, runs: pd.DataFrame) -> dict[str, Any]:
    """What is true of all datasets.

    Args:
        metrics: Metric values (`iadbe.schemas.MetricsSchema`).
        runs: One row a cell (`iadbe.schemas.RunsSchema`).
    """
    return {
        "finished": last_result(runs),
        "scope": _scope(runs),
        "everywhere": _everywhere(metrics, runs),
        "columns": COLUMNS,
        "protocol_metrics": [title for title, _ in PROTOCOL_METRICS.values()],
        "styles": model_styles(runs),
        "supervision": runs.groupby("model")["supervision"].first().fillna("").to_dict(),
        "plotly_js": Markup(get_plotlyjs()),  # noqa: S704 - the library's own code
        "scripts": SCRIPTS,
        "sheets": STYLES,
    }


def looking(deep: DrillDown, board: pd.DataFrame) -> dict[str, Any]:
    """What the template needs to look into cells."""
    return {
        "blocks": [*deep.cells, *deep.categories],
        "cell_entries": plain_json(deep.entries),
        "first_cell": _first_cell(deep, board),
        "left_out": deep.left_out,
        "inferno": base64.b64encode(inferno().tobytes()).decode(),
    }


def navigation(
    sections: Sequence[Mapping[str, Any]], there: Mapping[str, object]
) -> list[tuple[str, str]]:
    """Where to jump to, and its name; of several datasets, the one that is chosen is shown.

    Args:
        sections: Of the datasets.
        there: By name of an optional part, what it shows.
    """
    if not sections:
        return [("facts", "Method")]
    only = sections[0]["name"] if len(sections) == 1 else None
    answer = (f"{only}-answer", "Answer") if only else ("all-answer", "Answer")
    parts: list[tuple[str, str, object]] = [
        (*answer, True),
        ("datasets", "Datasets", not only),
        (f"{only}-board", "Leaderboard", only),
        (f"{only}-categories", "By category", only),
        (f"{only}-sure", "How sure", only),
        ("look", "Cells", True),
        ("compare", "Compare", True),
        ("album", "Images", there["albums"]),
        ("audit", "Audit", there["audits"]),
        ("model-cards", "Models", there["model_cards"]),
        ("facts", "Method", True),
    ]
    return [(target, title) for target, title, shown in parts if shown]


def _first_cell(deep: DrillDown, board: pd.DataFrame) -> str:
    """A cell of the best model: what most readers look for."""
    best = board.loc[board["rank"].notna(), ["dataset", "model"]].head(1).to_numpy().tolist()
    cells = [entry[4] for entry in deep.entries if entry[:2] in best]
    return str(cells[0]) if cells else ""


def _everywhere(metrics: pd.DataFrame, runs: pd.DataFrame) -> HowSure | None:
    """The models over the categories of all datasets; None if there is one dataset only."""
    if len(runs["dataset"].unique()) < 2:
        return None
    return how_sure(metrics, runs, by_category=False)


def _scope(runs: pd.DataFrame) -> str:
    """What the matrix spans, e.g. `5 models × 3 categories × 1 seed: 15 cells`."""
    categories = len(runs.drop_duplicates(["dataset", "category"]))
    parts = [
        count(runs["model"].nunique(), "model", "models"),
        count(categories, "category", "categories"),
        count(runs["seed"].nunique(), "seed", "seeds"),
    ]
    return " \u00d7 ".join(parts) + f": {count(len(runs), 'cell', 'cells')}"
