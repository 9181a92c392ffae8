"""The report in a real browser, from disk, with no network."""

from __future__ import annotations

import pytest

from iadbe.reporting.figures import draw
from iadbe.reporting.leaderboard import rank
from iadbe.reporting.report import render

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address(tables, tmp_path_factory):
    board = rank(tables.metrics, tables.runs)
    figures = draw(board, tables.runs, tables.curves)
    html = render("demo", board, tables.metrics, tables.runs, tables.examples, figures, {})
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(html, encoding="utf-8")
    return path.as_uri()


def opened(browser, address, **options):
    """A page without network that collects its errors and requests."""
    context = browser.new_context(offline=True, **options)
    page = context.new_page()
    page.troubles, page.asked = [], []
    page.on("console", lambda m: page.troubles.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(address)
    page.wait_for_function("document.querySelectorAll('.plot .main-svg').length >= 4")
    return page


def models(page):
    return page.locator("table.board tbody th").evaluate_all(
        "cells => cells.map(cell => cell.dataset.order)"
    )


def test_it_opens_offline_without_an_error(browser, address):
    page = opened(browser, address)
    assert page.troubles == []
    assert [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))] == []
    broken = "images => images.filter(image => !image.naturalWidth).length"
    assert page.locator("img").evaluate_all(broken) == 0


def test_columns_sort_by_keyboard_and_empty_values_stay_last(browser, address):
    page = opened(browser, address)
    assert models(page)[:2] == ["patchcore", "padim"]
    button = page.get_by_role("button", name="AUPRO", exact=True)
    button.press("Enter")
    assert models(page)[0] == "dfkde"
    assert models(page)[-1] == "brightness"
    button.press("Enter")
    assert models(page)[0] == "stfpm"
    assert models(page)[-1] == "brightness"
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("AUPRO")


def test_the_category_table_switches_its_metric(browser, address):
    page = opened(browser, address)
    shown = page.locator("[data-metric]:visible")
    assert shown.get_attribute("data-metric") == "image_auroc"
    page.locator("fieldset label", has_text="AUPRO").click()
    assert shown.get_attribute("data-metric") == "aupro"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_ink_and_paper_differ_in_both_schemes(browser, address, scheme):
    page = opened(browser, address, color_scheme=scheme)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    ticks = page.locator(".plot .xtick text").first.evaluate("e => getComputedStyle(e).fill")
    assert (_lightness(paper) > 128) is (scheme == "light")
    assert abs(_lightness(paper) - _lightness(ticks)) > 128


def test_a_phone_needs_no_sideways_scrolling(browser, address):
    page = opened(browser, address, viewport={"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def _lightness(colour):
    channels = colour[colour.index("(") + 1 : -1].split(",")[:3]
    return sum(float(channel) for channel in channels) / 3
