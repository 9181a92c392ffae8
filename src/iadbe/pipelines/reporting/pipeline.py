"""metrics, curves, examples of the cells → leaderboard → figures, report."""

from __future__ import annotations

from collections.abc import Iterable

from kedro.pipeline import Pipeline, node

from iadbe.benchmark.cell import Cell
from iadbe.pipelines.reporting.nodes import (
    FIGURES,
    INGESTED,
    KINDS,
    collect_ingested,
    collect_results,
    collect_runs,
    collect_transfers,
    compare_with_published,
    draw_figures,
    draw_rank_figures,
    gather,
    rank_models,
    render_report,
    write_paper_tables,
)

_DETAILS = ("counterpart.metrics", "scores", "curves", "thumbnails", "all_samples", "transfer")
"""What the report takes beside its own tables."""


def create_pipeline(cells: list[Cell]) -> Pipeline:
    """Reporting over the whole matrix, whatever part of it ran."""
    models = list(dict.fromkeys((cell.dataset, cell.model) for cell in cells))
    datasets = list(dict.fromkeys(cell.dataset for cell in cells))
    per_model = [_gather_model(*pair, cells) for pair in models]
    per_dataset = [_gather_dataset(name, models) for name in datasets]
    return Pipeline([*per_model, *per_dataset, _report(datasets)])


def _gather_model(dataset: str, model: str, cells: list[Cell]) -> Pipeline:
    """Gathered inside the namespace, so that one table a model leaves it, not one a cell."""
    own = [cell.id for cell in cells if (cell.dataset, cell.model) == (dataset, model)]
    return _gather(f"{dataset}.{model}", own)


def _gather_dataset(dataset: str, models: Iterable[tuple[str, str]]) -> Pipeline:
    return _gather(dataset, [f"{dataset}.{model}" for owner, model in models if owner == dataset])


def _gather(namespace: str, below: list[str]) -> Pipeline:
    nodes = [
        node(
            gather,
            inputs=[f"{name}.{kind}" for name in below],
            outputs=f"{namespace}.{kind}",
            name=f"gather_{kind}",
            namespace=namespace,
        )
        for kind in KINDS
    ]
    return Pipeline(nodes)


def _report(datasets: list[str]) -> Pipeline:
    figures = [f"{name}.{kind}_figure" for name in datasets for kind in FIGURES]
    ranks = [*(f"{name}.ranks_figure" for name in datasets), "ranks_figure"]
    return Pipeline([_collecting(datasets), _judging(), _drawing(figures, ranks)])


def _collecting(datasets: list[str]) -> Pipeline:
    """What the cells and the audits left, as one table a kind."""
    manifests = [f"{name}.samples" for name in datasets]
    tables = [f"{name}.{kind}" for kind in KINDS for name in datasets]
    ingested = [f"{name}.{kind}" for kind in INGESTED for name in datasets]
    return Pipeline(
        [
            node(
                collect_runs,
                inputs=["ledger", "params:matrix", *manifests],
                outputs="runs",
                name="collect_runs",
            ),
            node(
                collect_results,
                inputs=["runs", *tables],
                outputs=list(KINDS),
                name="collect_results",
            ),
            node(
                collect_transfers,
                inputs=["runs", "ledger", "transfers", *manifests],
                outputs="transfer",
                name="collect_transfers",
            ),
            node(
                collect_ingested,
                inputs=["runs", *ingested],
                outputs=list(INGESTED.values()),
                name="collect_ingested",
            ),
        ]
    )


def _judging() -> Pipeline:
    """The models beside each other, and beside what others published."""
    return Pipeline(
        [
            node(
                rank_models,
                inputs=["metrics", "runs", "audit"],
                outputs="leaderboard",
                name="rank_models",
            ),
            node(
                compare_with_published,
                inputs=["metrics", "runs", "published", "params:facts"],
                outputs="scorecard",
                name="compare_with_published",
            ),
            node(
                write_paper_tables,
                inputs=["leaderboard", "metrics", "runs"],
                outputs="tables",
                name="write_paper_tables",
            ),
        ]
    )


def _drawing(figures: list[str], ranks: list[str]) -> Pipeline:
    """The figures, and the report that holds them."""
    tables = ["leaderboard", "metrics", "examples", "runs", "audit", "scorecard"]
    return Pipeline(
        [
            node(
                draw_figures,
                inputs=["leaderboard", "runs", "curves"],
                outputs=figures,
                name="draw_figures",
            ),
            node(
                draw_rank_figures,
                inputs=["metrics", "runs"],
                outputs=ranks,
                name="draw_rank_figures",
            ),
            node(
                render_report,
                inputs=["params:facts", *tables, *_DETAILS, *figures, *ranks],
                outputs="report",
                name="render_report",
            ),
        ]
    )
