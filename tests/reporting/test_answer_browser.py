"""The answer in a real browser: its script decides as Python does, for whatever limits."""

from __future__ import annotations

import json

import pytest

from iadbe.benchmark.limits import AnswerLimits
from iadbe.reporting.figures.style import model_styles
from iadbe.reporting.leaderboard import rank
from iadbe.reporting.plain_json import figure_json
from iadbe.reporting.recommendation.decide import decide
from iadbe.reporting.recommendation.drawing import pareto_figure
from iadbe.reporting.recommendation.pairs import pairs
from iadbe.reporting.recommendation.recommend import recommend
from iadbe.reporting.recommendation.words import told

from .made_up_many import CARDS, make_many, part
from .scratch_page import page

pytestmark = pytest.mark.slow

SHOW = '{% import "answer.html.j2" as answers with context %}{{ answers.show(rec, drawn) }}'
ASKED = [
    {},
    {"latency_ms": 60},
    {"latency_ms": 17.5, "memory_mb": 1500},
    {"false_alarms_per_1000": 80, "memory_mb": 2000.5},
    {"refused_licences": ["not stated"]},
    {"refused_licences": ["BSD-3-Clause", "AGPL-3.0"], "latency_ms": 100},
    {"latency_ms": 0.5},
]


@pytest.fixture(scope="module", params=["made up", "many"])
def tables(request, tables):
    return part(make_many(), "mvtec_ad") if request.param == "many" else tables


@pytest.fixture(scope="module")
def answered(tables):
    board = rank(tables.metrics, tables.runs)
    return recommend(board, tables.metrics, tables.runs, CARDS)


@pytest.fixture(scope="module")
def address(tables, answered, tmp_path_factory):
    drawn = pareto_figure(answered, model_styles(tables.runs))
    html = page(SHOW, tables.runs, rec=answered, drawn=figure_json(drawn))
    path = tmp_path_factory.mktemp("answer") / "page.html"
    path.write_text(html, encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def opened(browser, address):
    view = browser.new_context(offline=True).new_page()
    view.troubles = []
    view.on("pageerror", lambda error: view.troubles.append(str(error)))
    view.goto(address)
    view.wait_for_selector(".plot .main-svg")
    yield view
    assert view.troubles == []
    view.context.close()


def test_javascript_says_what_python_says(opened, tables, answered):
    names = [each.model for each in answered.choice.contenders]
    judged = pairs(tables.metrics, tables.runs, names, supervised=False)
    data = json.loads(answered.data)
    chosen = set()
    for asked in ASKED:
        limits = AnswerLimits.model_validate(asked)
        choice = decide(answered.candidates, judged, limits)
        python = told(answered.candidates, choice, judged.how, limits)
        ours = opened.evaluate(
            "([data, limits]) => Answer.told(data, limits)", [data, limits.model_dump(mode="json")]
        )
        assert ours == python, asked
        chosen.add(python["chosen"])
    assert {None} < chosen, "the limits lead to different answers, and to none"


def test_typing_a_limit_changes_headline_table_and_figure(opened, answered):
    first = answered.chosen
    latency = next(each.latency for each in answered.candidates if each.model == first)
    assert opened.locator("tr.chosen").get_attribute("data-model") == first
    opened.get_by_label("Milliseconds an image").fill(str(round(latency * 0.9, 2)))
    headline = opened.locator("[data-part=headline]")
    assert not headline.inner_text().startswith(f"Take {first}:")
    assert headline.get_attribute("aria-live") == "polite"
    row = opened.locator(f"tr[data-model={first}]")
    assert "over" in row.locator(".verdict").inner_text()
    struck = row.locator("td").nth(1).evaluate("e => getComputedStyle(e).textDecorationLine")
    assert struck == "line-through"
    marks = "document.querySelector('.plot').data.filter(t => t.name === '%s')[0].marker.symbol"
    assert opened.evaluate(marks % first).endswith("-open")
    opened.get_by_role("button", name="As configured").press("Enter")
    opened.wait_for_function(f"document.querySelector('tr.chosen').dataset.model === '{first}'")


def test_without_a_script_the_answer_stands_and_no_form_is_offered(browser, address, answered):
    view = browser.new_context(offline=True, java_script_enabled=False).new_page()
    view.goto(address)
    assert view.locator("[data-part=headline]").inner_text() == answered.headline
    assert not view.locator("form.limits").is_visible()
    view.context.close()


def test_a_phone_needs_no_sideways_scrolling(browser, address):
    view = browser.new_context(offline=True, viewport={"width": 390, "height": 800}).new_page()
    view.goto(address)
    view.wait_for_selector(".plot .main-svg")
    assert view.evaluate("document.documentElement.scrollWidth") <= 390
    view.context.close()
