"""The report: one self-contained HTML file that needs neither a network nor a model."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence, Sized
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go
from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from iadbe.images.overlay import inferno
from iadbe.reporting import answer
from iadbe.reporting.audit_table import audit_rows
from iadbe.reporting.category_table import Published, category_tables
from iadbe.reporting.cost_table import cost_table
from iadbe.reporting.details import Details
from iadbe.reporting.drill_down.blocks import DrillDown, block, drill_down
from iadbe.reporting.figures.style import model_styles
from iadbe.reporting.formats import count, words
from iadbe.reporting.how_sure import HowSure, how_sure
from iadbe.reporting.leaderboard_table import COLUMNS, row_groups
from iadbe.reporting.model_cards import ModelCard
from iadbe.reporting.operation_table import operation_rows
from iadbe.reporting.protocol_table import METRICS as PROTOCOL_METRICS
from iadbe.reporting.protocol_table import Counterpart, protocol_rows
from iadbe.reporting.run_table import last_result, setups, troubles
from iadbe.reporting.scorecard_table import score_table
from iadbe.reporting.synthetic import synthetic_note


def render(  # noqa: PLR0913, PLR0917 - the tables of a benchmark, each once
    benchmark: str,
    leaderboard: pd.DataFrame,
    metrics: pd.DataFrame,
    runs: pd.DataFrame,
    examples: pd.DataFrame,
    figures: Mapping[str, go.Figure],
    facts: Mapping[str, str],
    cards: Sequence[ModelCard] = (),
    findings: pd.DataFrame | None = None,
    compared: pd.DataFrame | None = None,
    counterpart: Counterpart | None = None,
    details: Details | None = None,
) -> str:
    """Render a benchmark, whether finished, half finished or empty.

    Args:
        benchmark: Its name.
        leaderboard: The result of `iadbe.reporting.leaderboard.rank`.
        metrics: Metric values (`iadbe.schemas.MetricsSchema`).
        runs: One row a cell (`iadbe.schemas.RunsSchema`).
        examples: Samples with pictures (`iadbe.schemas.ExamplesSchema`).
        figures: The results of `iadbe.reporting.figures.draw` and `draw_ranks`.
        facts: What a reader must know to trust the numbers, label to text, in reading order.
        cards: What is known of the models, in reading order.
        findings: What the audit of the datasets found (`iadbe.schemas.AuditSchema`).
        compared: Our results beside published ones (`iadbe.schemas.ScorecardSchema`).
        counterpart: Results of the same benchmark under the other protocol.
        details: What is needed to look into single cells, as far as it is there.

    Returns:
        HTML with scripts, styles and pictures inside; it loads nothing from anywhere.
    """
    tables = Tables(leaderboard, metrics, runs)
    deep = drill_down(runs, metrics, examples, details or Details())
    drawn = {name: _json(figure) for name, figure in figures.items()}
    sections = [
        _section(name, tables.of(name), drawn)
        | {"scorecard": score_table(compared, name)}
        | _decisions(tables.of(name), counterpart.of(name) if counterpart else None)
        for name in runs["dataset"].unique()
    ]
    page = _page(tables) | _looking(deep, leaderboard)
    return _template().render(
        benchmark=benchmark,
        sections=sections,
        figures=drawn,
        facts=facts,
        model_cards=cards,
        audits=audit_rows(findings),
        navigation=_navigation(page, sections, cards, findings),
        **page,
    )


def _page(tables: Tables) -> dict[str, Any]:
    """What the template needs for the page as a whole."""
    runs = tables.runs
    return {
        "finished": last_result(runs),
        "scope": _scope(runs),
        "everywhere": _everywhere(tables.metrics, runs),
        "columns": COLUMNS,
        "protocol_metrics": [title for title, _ in PROTOCOL_METRICS.values()],
        "styles": model_styles(runs),
        "supervision": runs.groupby("model")["supervision"].first().fillna("").to_dict(),
        "plotly_js": Markup(get_plotlyjs()),  # noqa: S704 - the library's own code
        "scripts": SCRIPTS,
    }


SCRIPTS = ("theme.js", "figures.js", "tables.js", "cell_data.js", "cell_figures.js",
           "cell_pictures.js", "album.js", "datasets.js", "cell.js", "print.js")  # fmt: skip
"""In the order in which they need each other."""


def _looking(deep: DrillDown, board: pd.DataFrame) -> dict[str, Any]:
    """What the template needs to look into cells."""
    return {
        "blocks": [*deep.cells, *deep.categories],
        "cell_entries": block("cells", deep.entries).content,
        "first_cell": _first_cell(deep, board),
        "albums": deep.albums,
        "left_out": deep.left_out,
        "inferno": base64.b64encode(inferno().tobytes()).decode(),
    }


def _first_cell(deep: DrillDown, board: pd.DataFrame) -> str:
    """A cell of the best model: what most readers look for."""
    best = board.loc[board["rank"].notna(), ["dataset", "model"]].head(1).to_numpy().tolist()
    cells = [entry[4] for entry in deep.entries if entry[:2] in best]
    return str(cells[0]) if cells else ""


def _navigation(
    page: Mapping[str, Any], sections: Sequence[Mapping[str, Any]], cards: Sized, findings: Any
) -> list[tuple[str, str]]:
    """Where to jump to, and its name; of several datasets, the one that is chosen is shown."""
    if not sections:
        return [("facts", "Method")]
    first = sections[0]["name"] if len(sections) == 1 else None
    parts = [
        (f"{first}-answer" if first else "datasets", "Answer" if first else "Datasets", True),
        (f"{first}-board", "Leaderboard", first),
        (f"{first}-categories", "By category", first),
        (f"{first}-sure", "How sure", first),
        ("look", "Cells", True),
        ("album", "Images", page["albums"]),
        ("audit", "Audit", findings is not None and len(findings)),
        ("model-cards", "Models", len(cards)),
        ("facts", "Method", True),
    ]
    return [(target, title) for target, title, there in parts if there]


class Tables(NamedTuple):
    """The tables of which each dataset gets its own rows."""

    board: pd.DataFrame
    metrics: pd.DataFrame
    runs: pd.DataFrame

    def of(self, dataset: str) -> Tables:
        """The rows of one dataset."""
        return Tables(*(table[table["dataset"] == dataset] for table in self))


def _section(
    dataset: str,
    tables: Tables,
    figures: Mapping[str, Markup],
    published: Mapping[str, Published] | None = None,
) -> dict[str, Any]:
    """All that the template says about one dataset."""
    board, metrics, runs = tables
    start = f"{dataset}."
    return {
        "name": dataset,
        "any_done": bool(board["fit_seconds"].notna().any()),
        "answer": answer.answer(board),
        "synthetic": synthetic_note(board),
        "cards": answer.cards(board),
        "row_groups": row_groups(board),
        "any_supervised": bool(board["supervision"].eq("supervised").any()),
        "any_unranked": bool(board["status"].ne("done").any()),
        "any_published": bool(published),
        "costs": cost_table(board),
        "tables": category_tables(board, metrics, runs, published),
        "troubles": troubles(runs),
        "how_sure": how_sure(metrics, runs),
        "setups": setups(board, runs),
        "figures": {n.removeprefix(start): f for n, f in figures.items() if n.startswith(start)},
    }


def _decisions(tables: Tables, counterpart: Counterpart | None) -> dict[str, Any]:
    """What the thresholds cost, and what changes under the other protocol."""
    board, metrics, runs = tables
    beside = protocol_rows(board, metrics, counterpart) if counterpart else []
    return {"operations": operation_rows(board, metrics, runs), "protocols": beside}


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


def _json(figure: go.Figure) -> Markup:
    """A figure as JSON that cannot end the script element it stands in."""
    return Markup(figure.to_json().replace("<", "\\u003c"))  # noqa: S704 - escaped just here


def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("iadbe.reporting"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["words"] = words
    return environment.get_template("report.html.j2")
