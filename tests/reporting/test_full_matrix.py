"""A report of the original's size: 16 models in 41 categories."""

from __future__ import annotations

import pytest

from iadbe.reporting.figures import draw
from iadbe.reporting.leaderboard import rank
from iadbe.reporting.report import render

from .full_matrix import make_full_matrix

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    tables = make_full_matrix()
    board = rank(tables.metrics, tables.runs)
    figures = draw(board, tables.runs, tables.curves)
    given = (tables.metrics, tables.runs, tables.examples, figures, {})
    path = tmp_path_factory.mktemp("full") / "report.html"
    path.write_text(render("iadbe", board, *given, details=tables.details), encoding="utf-8")
    return path


def test_it_is_below_25_mb(report):
    assert 15e6 < report.stat().st_size < 25e6, "and uses the room for pictures"


def test_it_opens_shows_a_dataset_at_a_time_and_any_cell(browser, report):
    page = browser.new_context(offline=True, viewport={"width": 1280, "height": 900}).new_page()
    troubles = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(report.as_uri())
    assert page.locator("table.board:visible").count() == 1
    page.get_by_role("button", name="visa", exact=True).click()
    assert page.locator("table.board:visible").count() == 1
    page.locator(".by-category:visible tr[data-model=uflow] a.value").last.click()
    page.locator("#cell-id", has_text="visa.uflow.pipe_fryum.s0").wait_for()
    page.locator("#cell-gallery canvas").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert troubles == []
