"""The printed leaderboard: what it says, and that it fits."""

from __future__ import annotations

import io

import pandas as pd
from rich.console import Console

from iadbe.reporting.formats import NOTHING
from iadbe.reporting.leaderboard import rank
from iadbe.reporting.terminal import print_leaderboard


def printed(tables):
    console = Console(file=io.StringIO(), width=80)
    print_leaderboard(rank(tables.metrics, tables.runs), console)
    return console.file.getvalue()


def test_it_fits_eighty_columns(tables):
    assert max(map(len, printed(tables).splitlines())) <= 80


def test_a_long_name_takes_no_room_from_the_numbers(tables):
    long = "padim_wide_resnet50_2_with_three_layers_and_all_features"
    metrics, runs = (
        table.assign(model=table["model"].replace("padim", long))
        for table in (tables.metrics, tables.runs)
    )
    runs = pd.concat([runs, runs.assign(seed=1, cell=runs["cell"] + "1")])
    metrics = pd.concat([metrics, metrics.assign(seed=1)])
    lines = printed(tables._replace(metrics=metrics, runs=runs)).splitlines()
    assert max(map(len, lines)) <= 80
    assert not any("…" in line for line in lines)
    place = next(at for at, line in enumerate(lines) if " padim_" in line)
    _, start, auroc, *_, done = lines[place].split()
    assert start + "".join(line.split()[0] for line in lines[place + 1 : place + 4]) == long
    board = rank(metrics, runs).set_index("model")
    assert (auroc, done) == (f"{board.loc[long, 'image_auroc']:.3f}", "6/6")


def test_models_stand_in_order_with_their_numbers(tables):
    lines = printed(tables).splitlines()
    board = rank(tables.metrics, tables.runs)
    rows = [line for line in lines if line.rstrip().endswith("/3")]
    assert [line.split()[1] for line in rows] == list(board["model"])
    assert f"{board['image_auroc'][0]:.3f}" in rows[0]
    assert rows[3].split()[:3] == ["1", "yolo", "*"]


def test_a_mean_over_fewer_categories_says_so_beside_the_number(tables):
    lines = printed(tables).splitlines()
    board = rank(tables.metrics, tables.runs).set_index("model")
    stfpm = next(line for line in lines if line.split()[1:2] == ["stfpm"])
    assert f"{board.loc['stfpm', 'image_auroc']:.3f} 2/3" in stfpm
    assert all("/3" not in line.rsplit(maxsplit=1)[0] for line in lines if " padim " in line)


def test_a_missing_value_is_a_dash(tables):
    brightness = next(line for line in printed(tables).splitlines() if "brightness" in line)
    assert brightness.split()[3:5] == [NOTHING, NOTHING]


def test_causes_are_printed_as_they_are_with_the_traceback_file(tables):
    failed = tables.runs["status"] == "failed"
    runs = tables.runs.assign(cause=tables.runs["cause"].mask(failed, "[red]not markup[/red]"))
    text = printed(tables._replace(runs=runs))
    assert "failed demo.stfpm.board.s0: [red]not markup[/red]" in text
    assert "traceback: data/08_reporting/demo/errors/demo.stfpm.board.s0.txt" in text


def test_an_empty_board_prints_without_error(empty_tables):
    assert "0/3" in printed(empty_tables)
