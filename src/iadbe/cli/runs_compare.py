"""`iadbe runs compare`: do two models differ on one category, or is it chance?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from iadbe.cli.configuration import PROTOCOL
from iadbe.cli.plainly import plainly
from iadbe.errors import ConfigError, DataError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from iadbe.benchmark.cell import Cell
    from iadbe.benchmark.loader import BenchmarkConfigLoader
    from iadbe.statistics.delong import DeLong


@click.command("compare")
@click.argument("first", metavar="CELL")
@click.argument("second", metavar="CELL")
@click.option("--env", "-e", help="Kedro environment of the benchmark.")
@PROTOCOL
@plainly
def compare_runs(first: str, second: str, env: str | None, protocol: str | None) -> None:
    """Compare two cells of one category on image AUROC, with DeLong's test.

    CELL is e.g. mvtec_ad.patchcore.bottle.s0. Both are judged on the same test images, so the test
    is paired.
    """
    from iadbe.cli.benchmark_store import in_project
    from iadbe.cli.configuration import loader, run_command

    with in_project():
        conf = loader(env, protocol)
        cells = [_cell(conf, name) for name in (first, second)]
        _refuse(*cells)
        tables = [_scored(conf, cell, run_command(env, protocol)) for cell in cells]
    by_id = tables[1].set_index("sample_id")["image_score"]
    labels = tables[0]["label"].to_numpy()
    scores = [
        tables[0]["image_score"].to_numpy(),
        by_id.reindex(tables[0]["sample_id"]).to_numpy(),
    ]
    _tell([cell.id for cell in cells], labels, scores)


def _cell(conf: BenchmarkConfigLoader, name: str) -> Cell:
    from iadbe.benchmark.selection import did_you_mean

    cells = {cell.id: cell for cell in conf.cells}
    if name not in cells:
        raise ConfigError(f"{name}: no such cell; {did_you_mean(name, list(cells))}.")
    return cells[name]


def _refuse(first: Cell, second: Cell) -> None:
    """Other images, or the same result twice, are no comparison."""
    if (first.dataset, first.category) != (second.dataset, second.category):
        raise ConfigError(
            f"{first.id} and {second.id} have other test images; give two cells of one category."
        )
    if first.id == second.id:
        raise ConfigError(f"{first.id} is given twice; give two cells.")


def _scored(conf: BenchmarkConfigLoader, cell: Cell, command: str) -> pd.DataFrame:
    """The test rows of the manifest with the scores of a cell."""
    from kedro.io import DataCatalog

    from iadbe.metrics.scored import score_samples

    kinds = ("samples", "predictions")
    entries = {key: entry for key, entry in conf["catalog"].items() if key.endswith(kinds)}
    catalog: Any = DataCatalog.from_config(entries)
    predictions = catalog.load(f"{cell.id}.predictions")
    if predictions.empty:
        raise DataError(f"{cell.id} has no predictions yet; run it with `{command}` first.")
    samples = catalog.load(f"{cell.dataset}.samples")
    scored = score_samples(cell, samples[samples["category"] == cell.category], predictions)
    test: pd.DataFrame = scored[scored["split"] == "test"]
    return test


def _tell(names: list[str], labels: np.ndarray[Any, Any], scores: list[Any]) -> None:
    """Both AUROCs with their intervals, and whether they differ."""
    from iadbe.reporting.formats import score
    from iadbe.statistics.bootstrap import bootstrap_weights
    from iadbe.statistics.delong import delong_test
    from iadbe.statistics.image_intervals import image_intervals

    normal, anomalous = int((labels == 0).sum()), int((labels == 1).sum())
    if min(normal, anomalous) < 2:
        raise DataError("DeLong's test needs two normal and two anomalous test images at least.")
    found, weights = delong_test(labels, *scores), bootstrap_weights(labels)
    width = max(map(len, names))
    click.echo(f"Image AUROC on {normal} normal and {anomalous} anomalous test images, 95 %:")
    for name, own, value in zip(names, scores, found[:2], strict=True):
        low, high, _ = image_intervals(labels, own, weights)["auroc"]
        click.echo(f"{name:{width}}  {score(value)}  ({score(low)} to {score(high)})")
    click.echo(_verdict(found))


def _verdict(found: DeLong) -> str:
    from iadbe.reporting.formats import p_value
    from iadbe.statistics.nemenyi import ALPHA

    difference = f"difference  {found.difference:+.3f}"
    if found.p is None:
        return f"{difference}: {found.reason}"
    low, high, _ = found.interval
    beyond = "beyond chance" if found.p < ALPHA else "not beyond chance"
    return (
        f"{difference}  ({low:+.3f} to {high:+.3f})\n"
        f"DeLong: z = {found.z:.2f}, {p_value(found.p)}; {beyond}"
    )
