"""The views in a real browser: what the switches show, on a desk and on a phone."""

from __future__ import annotations

import pytest

from iadbe.reporting.leaderboard import rank
from iadbe.reporting.views.compare import compare_views

from .made_up_many import make_many, make_samples
from .scratch_page import page

pytestmark = pytest.mark.slow

VIEWS = ("dataset_sizes", "training_time", "time_against_size", "model_sizes",
         "models_datasets", "radar")  # fmt: skip
SHOWN = "document.getElementById('%s').data.filter(t => t.visible !== false).map(t => t.name)"
RADAR, HEAT = "plot-compare-radar", "plot-compare-models-datasets"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    tables = make_many()
    board = rank(tables.metrics, tables.runs)
    compared = compare_views(board, tables.metrics, tables.runs, make_samples())
    body = '{% import "compare.html.j2" as compare with context %}'
    body += "".join(f"<section>{{{{ compare.{name}(compared) }}}}</section>" for name in VIEWS)
    path = tmp_path_factory.mktemp("compare") / "page.html"
    path.write_text(page(body, tables.runs, compared=compared), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(params=[1280, 390])
def opened(browser, address, request):
    size = {"width": request.param, "height": 800}
    view = browser.new_context(offline=True, viewport=size).new_page()
    view.troubles = []
    view.on("pageerror", lambda error: view.troubles.append(str(error)))
    view.goto(address)
    for plot in view.locator("figure .plot:visible").all():
        plot.scroll_into_view_if_needed()
        plot.locator(".main-svg").first.wait_for()
    yield view
    assert view.troubles == []
    view.context.close()


def test_switches_show_the_chosen_metric_and_models_and_nothing_scrolls_sideways(opened):
    assert opened.evaluate(SHOWN % HEAT) == ["image_auroc"]
    opened.locator("fieldset.switch label", has_text="AUPRO").click()
    assert opened.evaluate(SHOWN % HEAT) == ["aupro"]
    box = opened.locator(f"[data-choose={RADAR}]")
    first = opened.evaluate(SHOWN % RADAR)
    assert len(first) == 4
    for model in ("patchcore", "yolov8"):
        box.locator(f"input[value={model}]").check()
    assert set(opened.evaluate(SHOWN % RADAR)) == {*first, "patchcore", "yolov8"}
    assert box.locator("input:disabled").count() == 10
    assert "clear one" in box.get_by_role("status").inner_text()
    box.locator("input[value=yolov8]").press("Space")
    assert "yolov8" not in opened.evaluate(SHOWN % RADAR)
    assert box.locator("input:disabled").count() == 0
    opened.locator("details.unfolds summary", has_text="visa").click()
    opened.locator("#plot-compare-visa-sizes .main-svg").first.wait_for()
    opened.wait_for_function(
        "document.getElementById('plot-compare-visa-sizes').clientWidth >= "
        "document.querySelector('#plot-compare-visa-sizes .main-svg').clientWidth"
    )
    assert opened.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
