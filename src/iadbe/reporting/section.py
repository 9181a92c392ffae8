"""All that the report says about one dataset, ready for its template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup

from iadbe.reporting import answer
from iadbe.reporting.category_table import Published, category_tables
from iadbe.reporting.cost_table import cost_table
from iadbe.reporting.figures.style import model_styles
from iadbe.reporting.how_sure import how_sure
from iadbe.reporting.leaderboard_table import row_groups
from iadbe.reporting.model_cards import ModelCard
from iadbe.reporting.operation_table import operation_rows
from iadbe.reporting.plain_json import figure_json
from iadbe.reporting.protocol_table import Counterpart, protocol_rows
from iadbe.reporting.recommendation.drawing import pareto_figure
from iadbe.reporting.recommendation.recommend import Recommendation, recommend
from iadbe.reporting.run_table import setups, troubles
from iadbe.reporting.scorecard_table import score_table
from iadbe.reporting.synthetic import synthetic_note


class Tables(NamedTuple):
    """The tables of which each dataset gets its own rows."""

    board: pd.DataFrame
    metrics: pd.DataFrame
    runs: pd.DataFrame

    def of(self, dataset: str) -> Tables:
        """The rows of one dataset."""
        return Tables(*(table[table["dataset"] == dataset] for table in self))


class Beside(NamedTuple):
    """What stands beside the results, for all datasets."""

    cards: Sequence[ModelCard] = ()
    limits: Mapping[str, Any] | None = None
    compared: pd.DataFrame | None = None
    counterpart: Counterpart | None = None
    published: Mapping[str, Mapping[str, Published]] | None = None


def section(
    dataset: str, tables: Tables, figures: Mapping[str, Markup], beside: Beside
) -> dict[str, Any]:
    """One dataset.

    Args:
        dataset: Its name.
        tables: Its rows.
        figures: Those of all datasets, by name.
        beside: What else is known.
    """
    board, metrics, runs = tables
    start = f"{dataset}."
    published = (beside.published or {}).get(dataset)
    return {
        "name": dataset,
        "any_done": bool(board["fit_seconds"].notna().any()),
        **decided(recommend(board, metrics, runs, beside.cards, beside.limits), runs),
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
        "scorecard": score_table(beside.compared, dataset),
        "operations": operation_rows(board, metrics, runs),
        "protocols": _protocols(dataset, board, metrics, beside.counterpart),
    }


def decided(recommendation: Recommendation, runs: pd.DataFrame) -> dict[str, Any]:
    """An answer and its figure."""
    drawn = pareto_figure(recommendation, model_styles(runs))
    return {"recommendation": recommendation, "pareto": figure_json(drawn) if drawn else None}


def _protocols(
    dataset: str, board: pd.DataFrame, metrics: pd.DataFrame, counterpart: Counterpart | None
) -> list[Any]:
    """What changes under the other protocol."""
    return protocol_rows(board, metrics, counterpart.of(dataset)) if counterpart else []
