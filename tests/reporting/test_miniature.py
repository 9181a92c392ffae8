"""The report of the miniature store: a real demo, numbers only."""

from __future__ import annotations

import pytest

from iadbe.reporting.figures import draw
from iadbe.reporting.leaderboard import rank
from iadbe.reporting.report import render


@pytest.fixture(scope="module")
def html(miniature):
    board = rank(miniature.metrics, miniature.runs)
    figures = draw(board, miniature.runs, miniature.details.curves)
    given = (miniature.metrics, miniature.runs, miniature.examples, figures, {})
    return render("demo", board, *given, details=miniature.details)


def test_it_recommends_the_best_ranked_model(html, miniature):
    board = rank(miniature.metrics, miniature.runs)
    best = board.loc[board["rank"] == 1, "model"].iloc[0]
    assert f"Take {best}: the best of " in html


def test_degenerate_cells_are_shown_with_their_cause_and_not_ranked(html, miniature):
    bad = miniature.runs[miniature.runs["status"] == "degenerate"]
    assert len(bad) == 2
    for cell in bad["cell"]:
        assert f'<a href="#cell:{cell}" class="badge degenerate" title="' in html


def test_without_pictures_it_is_little_more_than_plotly(html):
    assert 4.5e6 < len(html) < 6e6
