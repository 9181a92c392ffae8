"""The report: one self-contained HTML file that needs neither a network nor a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from iadbe.reporting.audit_table import audit_rows
from iadbe.reporting.category_table import Published
from iadbe.reporting.details import Details
from iadbe.reporting.drill_down.blocks import drill_down
from iadbe.reporting.formats import words
from iadbe.reporting.model_cards import ModelCard
from iadbe.reporting.page import looking, navigation, whole_page
from iadbe.reporting.plain_json import figure_json
from iadbe.reporting.protocol_table import Counterpart
from iadbe.reporting.published_values import by_table, original_values
from iadbe.reporting.recommendation.recommend import recommend_everywhere
from iadbe.reporting.section import Beside, Tables, decided, section
from iadbe.reporting.views.compare import compare_views
from iadbe.reporting.views.transfers import transfer_views


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
    limits: Mapping[str, Any] | None = None,
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
        limits: Those on the recommended model (`iadbe.benchmark.limits.AnswerLimits`).

    Returns:
        HTML with scripts, styles and pictures inside; it loads nothing from anywhere.
    """
    details = details or Details()
    beside = Beside(cards, limits, compared, counterpart, _published(compared))
    tables = Tables(leaderboard, metrics, runs)
    drawn = {name: figure_json(figure) for name, figure in figures.items()}
    deep = drill_down(runs, metrics, examples, details)
    sections = [section(name, tables.of(name), drawn, beside) for name in runs["dataset"].unique()]
    shown = {"audits": audit_rows(findings), "model_cards": cards, "albums": deep.albums}
    page = whole_page(metrics, runs) | looking(deep, leaderboard) | _across(tables, details, beside)
    told = {"sections": sections, "figures": drawn, "navigation": navigation(sections, shown)}
    return _template().render(page | shown | told, benchmark=benchmark, facts=facts)


def _published(compared: pd.DataFrame | None) -> dict[str, dict[str, Published]]:
    """By dataset and metric, what the original IADBE published."""
    if compared is None:
        return {}
    return {name: dict(own) for name, own in by_table(original_values(compared)).items()}


def _across(tables: Tables, details: Details, beside: Beside) -> dict[str, Any]:
    """What compares models over all datasets."""
    board, metrics, runs = tables
    overall = recommend_everywhere(metrics, runs, beside.cards, beside.limits)
    return {
        "overall": decided(overall, runs) if overall else None,
        "compared": compare_views(board, metrics, runs, details.samples),
        "transfers": transfer_views(details.transfers, metrics, runs),
    }


def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("iadbe.reporting"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"words": words, "figure_json": figure_json}
    return environment.get_template("report.html.j2")
