"""All views that compare models and datasets, ready for `templates/compare.html.j2`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from iadbe.reporting.as_one import as_one
from iadbe.reporting.figures.dataset_sizes import dataset_sizes
from iadbe.reporting.figures.model_sizes import sizes
from iadbe.reporting.figures.models_datasets import models_datasets
from iadbe.reporting.figures.radar import radar
from iadbe.reporting.figures.style import FIRST, MOST, Style, model_styles
from iadbe.reporting.figures.time_against_size import time_against_size
from iadbe.reporting.figures.training_time import training_time
from iadbe.reporting.leaderboard import rank
from iadbe.reporting.views.by_dataset import METRICS, by_dataset_table, metrics_there
from iadbe.reporting.views.model_sizes import model_sizes, sizes_table
from iadbe.reporting.views.radar_axes import radar_axes
from iadbe.reporting.views.sample_counts import counts_table, datasets_table, sample_counts
from iadbe.reporting.views.table import Table
from iadbe.reporting.views.training_times import (
    seconds_against_images,
    times_table,
    training_times,
)


class View(NamedTuple):
    """A figure, and the tables that say the same in numbers."""

    id: str
    figure: go.Figure
    tables: list[Table]
    models: Sequence[str] = ()
    """Those that can be chosen, the best first."""
    first: Sequence[str] = ()
    """Those that are shown at first."""


class Compared(NamedTuple):
    """The views; None where there is nothing to show."""

    sizes_of_data: View | None
    data_by_category: dict[str, View]
    training_time: View | None
    time_against_size: View | None
    model_sizes: View | None
    models_datasets: View | None
    metrics: dict[str, str]
    """What `models_datasets` can be switched to: the trace's name and a title."""
    radar: View | None
    most: int = MOST


def compare_views(
    leaderboard: pd.DataFrame,
    metrics: pd.DataFrame,
    runs: pd.DataFrame,
    samples: pd.DataFrame | None = None,
) -> Compared:
    """Draw all views of a benchmark.

    Args:
        leaderboard: The result of `iadbe.reporting.leaderboard.rank`.
        metrics: Metric values of all datasets (`iadbe.schemas.MetricsSchema`).
        runs: One row a cell (`iadbe.schemas.RunsSchema`).
        samples: The manifests of all datasets (`iadbe.schemas.SamplesSchema`), one below the
            other; without them nothing is known of the sizes of the datasets.
    """
    styles = model_styles(runs)
    counts = sample_counts(samples) if samples is not None and len(samples) else None
    order = _order(leaderboard)
    return Compared(
        sizes_of_data=_data(counts),
        data_by_category=_by_category(counts),
        training_time=_times(training_times(metrics, runs), order),
        time_against_size=_against(metrics, runs, counts, styles, order),
        model_sizes=_sizes(model_sizes(metrics, runs), styles),
        models_datasets=_across(leaderboard),
        metrics={key: METRICS[key] for key in metrics_there(leaderboard)},
        radar=_radar(leaderboard, metrics, runs, styles, order),
    )


def _order(board: pd.DataFrame) -> list[str]:
    """The models by their mean over datasets, those without a quality last."""
    means = board.groupby("model", sort=False)["image_auroc"].mean()
    return list(map(str, means.sort_values(ascending=False, kind="stable").index))


def _data(counts: pd.DataFrame | None) -> View | None:
    if counts is None:
        return None
    return View("dataset-sizes", dataset_sizes(counts, "dataset"), [datasets_table(counts)])


def _by_category(counts: pd.DataFrame | None) -> dict[str, View]:
    parts = [] if counts is None else list(counts.groupby("dataset", sort=False))
    return {
        str(name): View(f"{name}-sizes", dataset_sizes(own, "category"), [counts_table(own)])
        for name, own in parts
    }


def _times(times: pd.DataFrame, order: list[str]) -> View | None:
    if times.empty:
        return None
    return View("training-time", training_time(times), [times_table(times, order)])


def _against(
    metrics: pd.DataFrame,
    runs: pd.DataFrame,
    counts: pd.DataFrame | None,
    styles: dict[str, Style],
    order: list[str],
) -> View | None:
    """The tables of times and of sizes hold the same numbers, so it has none of its own."""
    points = None if counts is None else seconds_against_images(metrics, runs, counts)
    if points is None or points.empty:
        return None
    models = [model for model in order if model in set(points["model"])]
    drawn = time_against_size(points, styles, models[:FIRST])
    return View("time-against-size", drawn, [], models, models[:FIRST])


def _sizes(table: pd.DataFrame, styles: dict[str, Style]) -> View | None:
    if table.empty:
        return None
    return View("model-sizes", sizes(table, styles), [sizes_table(table)])


def _across(board: pd.DataFrame) -> View | None:
    shown = metrics_there(board)
    if not shown:
        return None
    tables = [by_dataset_table(board, metric) for metric in shown]
    return View("models-datasets", models_datasets(board), tables)


def _radar(
    board: pd.DataFrame,
    metrics: pd.DataFrame,
    runs: pd.DataFrame,
    styles: dict[str, Style],
    order: list[str],
) -> View | None:
    """Over the categories of all datasets, each as weighty."""
    if len(board["dataset"].unique()) > 1:
        board = rank(as_one(metrics), as_one(runs))
    compared = radar_axes(board)
    if compared is None:
        return None
    models = [model for model in order if model in compared.scaled.index]
    drawn = radar(compared, styles, models[:FIRST])
    return View("radar", drawn, [compared.table], models, models[:FIRST])
