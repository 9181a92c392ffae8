"""Gather what the cells left, rank the models, draw."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from iadbe.benchmark.cell import Cell
from iadbe.cells.ledger import Ledger
from iadbe.cells.status import runs_table
from iadbe.cells.transfers import standing
from iadbe.images.read import PREPROCESSING
from iadbe.layouts.facts import official
from iadbe.reporting.details import Details
from iadbe.reporting.figures import draw, draw_ranks
from iadbe.reporting.leaderboard import rank
from iadbe.reporting.model_cards import model_cards
from iadbe.reporting.paper_tables import paper_tables
from iadbe.reporting.protocol_table import Counterpart
from iadbe.reporting.report import render
from iadbe.reporting.synthetic import mark_synthetic
from iadbe.schemas import RESULT
from iadbe.scorecard.scorecard import scorecard

KINDS = ("metrics", "curves", "scores", "examples")
"""The tables of a cell that are gathered for the report."""

FIGURES = ("heat_map", "bars", "roc", "cost")
"""The figures of a dataset, in the order of `iadbe.reporting.figures.draw`."""


def gather(*tables: pd.DataFrame) -> pd.DataFrame:
    """Put tables of the same columns one below the other; empty ones add nothing."""
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else tables[0]


def collect_runs(
    ledger: Ledger, matrix: list[dict[str, Any]], *samples: pd.DataFrame
) -> pd.DataFrame:
    """The state of every cell of the matrix.

    Args:
        ledger: What the runner recorded.
        matrix: All cells, as dictionaries.
        samples: The manifests of the datasets.

    Returns:
        A table of `iadbe.schemas.RunsSchema`.
    """
    cells = [Cell.model_validate(cell) for cell in matrix]
    manifests = {str(frame["dataset"].iloc[0]): frame for frame in samples if len(frame)}
    return runs_table(cells, ledger, manifests)


def collect(runs: pd.DataFrame, *tables: pd.DataFrame) -> pd.DataFrame:
    """Gather one kind of table from all datasets, and keep only rows of cells with a result."""
    kept = runs.loc[runs["status"].isin(RESULT), ["dataset", "model", "category", "seed"]]
    return gather(*tables).merge(kept, how="inner")


def collect_results(runs: pd.DataFrame, *tables: pd.DataFrame) -> tuple[pd.DataFrame, ...]:
    """One table a kind of the finished cells; a stale result is not among them.

    Args:
        runs: One row a cell (`iadbe.schemas.RunsSchema`).
        tables: First those of the first of `KINDS`, one a dataset, then those of the next.
    """
    return tuple(collect(runs, *kind) for kind in _kinds(tables, len(KINDS)))


def collect_transfers(
    runs: pd.DataFrame, ledger: Ledger, transfers: pd.DataFrame, *samples: pd.DataFrame
) -> pd.DataFrame:
    """Transfers of the finished cells; a stale one is null and says so.

    Args:
        runs: The state of every cell.
        ledger: What the runner recorded.
        transfers: Of all cells that were ever transferred.
        samples: The manifests of the datasets.
    """
    manifests = {str(frame["dataset"].iloc[0]): frame for frame in samples if len(frame)}
    return standing(collect(runs, transfers), ledger, manifests)


INGESTED = {"audit": "audit", "thumbnails": "thumbnails", "samples": "all_samples"}
"""What is gathered of each dataset, and its name then."""


def collect_ingested(runs: pd.DataFrame, *tables: pd.DataFrame) -> tuple[pd.DataFrame, ...]:
    """What ingestion made of the datasets, one table a kind.

    Args:
        runs: Not read; what comes after it is reported even where an ingestion failed.
        tables: First those of the first of `INGESTED`, one a dataset, empty where it was never
            ingested; then those of the next.
    """
    del runs
    return tuple(gather(*kind) for kind in _kinds(tables, len(INGESTED)))


def _kinds(tables: tuple[pd.DataFrame, ...], count: int) -> Iterator[tuple[pd.DataFrame, ...]]:
    """Tables of several kinds, one a dataset, apart by kind."""
    share = len(tables) // count
    return (tables[place : place + share] for place in range(0, len(tables), share))


def rank_models(metrics: pd.DataFrame, runs: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """The leaderboard, with what rests on synthetic anomalies marked.

    See `iadbe.reporting.leaderboard.rank` and `iadbe.reporting.synthetic.mark_synthetic`.
    """
    return mark_synthetic(rank(metrics, runs), findings)


def compare_with_published(
    metrics: pd.DataFrame, runs: pd.DataFrame, published: pd.DataFrame, benchmark: dict[str, Any]
) -> pd.DataFrame:
    """Our results beside published ones; see `iadbe.scorecard.scorecard.scorecard`."""
    return scorecard(metrics, runs, published, benchmark)


def write_paper_tables(
    leaderboard: pd.DataFrame, metrics: pd.DataFrame, runs: pd.DataFrame
) -> dict[str, str]:
    """The leaderboards for papers, file name to text; see `iadbe.reporting.paper_tables`."""
    return paper_tables(leaderboard, metrics, runs)


def draw_figures(
    leaderboard: pd.DataFrame, runs: pd.DataFrame, curves: pd.DataFrame
) -> list[go.Figure]:
    """The figures of all datasets, in the order of `FIGURES` for each."""
    return list(draw(leaderboard, runs, curves).values())


def draw_rank_figures(metrics: pd.DataFrame, runs: pd.DataFrame) -> list[go.Figure]:
    """The critical-difference diagram of each dataset, then that over all of them."""
    return list(draw_ranks(metrics, runs).values())


def render_report(  # noqa: PLR0913, PLR0917 - the inputs of the node
    benchmark: dict[str, Any],
    leaderboard: pd.DataFrame,
    metrics: pd.DataFrame,
    examples: pd.DataFrame,
    runs: pd.DataFrame,
    findings: pd.DataFrame,
    compared: pd.DataFrame,
    counterpart: pd.DataFrame,
    scores: pd.DataFrame,
    curves: pd.DataFrame,
    thumbnails: pd.DataFrame,
    samples: pd.DataFrame,
    transfers: pd.DataFrame,
    *figures: go.Figure,
) -> str:
    """The self-contained HTML report; see `iadbe.reporting.report.render`."""
    names = list(draw_names(runs))
    drawn = dict(zip(names, figures, strict=True))
    known = facts(benchmark, runs)
    cards = model_cards(runs, benchmark.get("cards", {}))
    return render(
        str(benchmark["name"]),
        leaderboard,
        metrics,
        runs,
        examples,
        drawn,
        known,
        cards,
        findings,
        compared,
        Counterpart(counterpart, str(benchmark["protocol"])),
        Details(scores, curves, thumbnails, samples, transfers),
        benchmark.get("limits"),
    )


def draw_names(runs: pd.DataFrame) -> list[str]:
    """Names of the figures: those of `draw_figures`, then those of `draw_rank_figures`."""
    datasets = runs["dataset"].unique()
    drawn = [f"{dataset}.{kind}" for dataset in datasets for kind in FIGURES]
    return [*drawn, *(f"{dataset}.ranks" for dataset in datasets), "ranks"]


def facts(benchmark: dict[str, Any], runs: pd.DataFrame) -> dict[str, str]:
    """What a reader must know to trust the numbers, label to text."""
    size = benchmark["image_size"]
    return {
        "Images": f"{PREPROCESSING}, {size}×{size} pixels, the same for all models",
        "Anomaly maps": f"compared with the masks at {size}×{size} pixels, raw: not normalised, "
        "clamped or thresholded before a metric",
        "Protocol": _PROTOCOLS[benchmark["protocol"]],
        "Threshold": _threshold(benchmark),
        "Seeds": ", ".join(str(seed) for seed in benchmark["seeds"]),
        **_licences(list(runs["dataset"].unique())),
        **_machines(runs),
        "To repeat": str(benchmark["command"]),
    }


_PROTOCOLS = {
    "clean": "clean: nothing of the test images has a part in fitting, stopping, choosing or the "
    "threshold; F1-max and IoU-max are oracles and stamped so",
    "paper": "paper: all normal training images train, and the threshold is chosen on the test "
    "images, as the papers do; what rests on it is stamped",
}


def _threshold(benchmark: dict[str, Any]) -> str:
    if benchmark["protocol"] == "paper":
        return "the highest F1 of the test images: an oracle"
    quantile, share = benchmark["threshold_quantile"], benchmark["validation"]
    return (
        f"the {quantile:.0%} quantile ({benchmark['threshold_rule']}) of the scores of {share:.0%} "
        "of the normal training images, which were held out"
    )


def _licences(datasets: list[str]) -> dict[str, str]:
    """Those of the official datasets, as they bind whoever passes pictures or models on."""
    known = [(name, official(name)) for name in datasets]
    named = [
        f"{name}: {facts.licence}{' (non-commercial)' if facts.non_commercial else ''}"
        for name, facts in known
        if facts is not None
    ]
    return {"Licences of the data": "; ".join(named)} if named else {}


def _machines(runs: pd.DataFrame) -> dict[str, str]:
    """Hardware and versions that the finished cells recorded."""
    done = runs[runs["status"].isin(RESULT)]
    recorded = [json.loads(text) for text in done["environment"].dropna().unique()]
    hardware = {
        f"{item['processor']}, {item['cores']} cores, {item['memory_gb']} GB, "
        f"{item['gpu'] or 'no GPU'}, {item['system']}"
        for item in recorded
    }
    versions = {
        ", ".join(f"{name} {version}" for name, version in item["packages"].items())
        + f", Python {item['python']}"
        for item in recorded
    }
    return {"Hardware": "; ".join(sorted(hardware)), "Versions": "; ".join(sorted(versions))}
