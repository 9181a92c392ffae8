"""Numbers that rest on synthetic anomalies say so in every table."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from rich.console import Console

from iadbe.audit.drawn import check_drawn
from iadbe.audit.finding import findings_table
from iadbe.pipelines.reporting.nodes import rank_models
from iadbe.reporting.report import render
from iadbe.reporting.results_table import results_table
from iadbe.reporting.synthetic import synthetic_note
from iadbe.reporting.terminal import print_leaderboard

NOTE = "test anomalies are synthetic, drawn and not photographed, in: board, fabric"


def findings(*drawn: str) -> pd.DataFrame:
    files = pd.DataFrame({"label": [0, 1], "synthetic": [False, True]})
    return findings_table("demo", [f for name in drawn for f in check_drawn(name, files)])


@pytest.fixture
def board(tables) -> pd.DataFrame:
    return rank_models(tables.metrics, tables.runs, findings("fabric", "board"))


@pytest.fixture
def photographs(tables) -> pd.DataFrame:
    return rank_models(tables.metrics, tables.runs, findings())


def printed(board: pd.DataFrame) -> str:
    console = Console(file=io.StringIO(), width=80)
    print_leaderboard(board, console)
    return " ".join(console.file.getvalue().split())


def test_the_leaderboard_names_the_categories(board, photographs) -> None:
    assert set(board["synthetic"]) == {"board, fabric"}
    assert photographs["synthetic"].isna().all()


def test_the_note_outlives_the_csv_file(board, photographs, tmp_path) -> None:
    for frame, note in ((board, NOTE), (photographs, None)):
        frame.to_csv(tmp_path / "leaderboard.csv", index=False)
        read = pd.read_csv(tmp_path / "leaderboard.csv", keep_default_na=False, na_values=[""])
        assert synthetic_note(read) == note
    assert synthetic_note(board.drop(columns="synthetic")) is None  # of an older version


def test_the_terminal_says_so(board, photographs) -> None:
    assert NOTE in printed(board)
    assert "* supervised" in printed(board)
    assert "synthetic" not in printed(photographs)


def test_the_markdown_table_says_so(board, photographs) -> None:
    assert results_table(board, {}).splitlines()[-1] == f"demo: {NOTE}."
    assert "synthetic" not in results_table(photographs, {})


def test_every_section_of_the_report_says_so(tables, board, photographs) -> None:
    metrics, runs, examples = tables.metrics, tables.runs, tables.examples
    html = render("demo", board, metrics, runs, examples, {}, {})
    for heading in ("answer", "board", "categories", "roc", "cost"):
        section = html.split(f'id="demo-{heading}"')[1].split("</section>")[0]
        assert NOTE in section, heading
    assert 'class="note synthetic"' not in render(
        "demo", photographs, metrics, runs, examples, {}, {}
    )
