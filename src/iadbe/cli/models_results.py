"""`iadbe models results`: a benchmark's models, what they reached, cost and need, as Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from iadbe.cli.configuration import PROTOCOL
from iadbe.cli.plainly import plainly
from iadbe.errors import DataError, PluginError

if TYPE_CHECKING:
    from iadbe.benchmark.cell import Cell


@click.command("results")
@click.option("--env", "-e", help="Kedro environment of the benchmark.")
@PROTOCOL
@plainly
def models_results(env: str | None, protocol: str | None) -> None:
    """Print the leaderboard of a benchmark that ran, as the Markdown table of the docs."""
    import pandas as pd

    from iadbe.cli.configuration import loader, run_command
    from iadbe.reporting.results_table import results_table

    conf = loader(env, protocol)
    board = Path(conf["catalog"]["leaderboard"]["filepath"])
    if not board.is_file():
        command = run_command(env, protocol)
        raise DataError(f"{board}: no leaderboard yet; run `{command}` first.")
    table = pd.read_csv(board, keep_default_na=False, na_values=[""])
    cells = {cell.model: cell for cell in conf.cells}
    click.echo(results_table(table, {name: _reads(cell) for name, cell in cells.items()}))


def _reads(cell: Cell) -> list[str]:
    """Names of the weights a model reads; of stand-ins, what they stand for."""
    from iadbe.models.registry import load_plugin, validate_params
    from iadbe.models.stand_ins import stand_ins

    try:
        plugin = load_plugin(cell.plugin)
    except PluginError:
        return []
    params = validate_params(plugin, cell.params, cell.model)
    if missing := stand_ins(plugin, params):
        return [f"random for {name}" for name in missing]
    return (
        [weights.name for weights in plugin.weights(params)] if hasattr(plugin, "weights") else []
    )
