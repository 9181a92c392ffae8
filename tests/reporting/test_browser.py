"""The report in a real browser, from disk, with no network."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from iadbe.reporting.figures import draw
from iadbe.reporting.leaderboard import rank
from iadbe.reporting.report import render

pytestmark = pytest.mark.slow

FIRST = "demo.patchcore.fabric.s0"


@pytest.fixture(scope="module")
def address(tables, tmp_path_factory):
    board = rank(tables.metrics, tables.runs)
    figures = draw(board, tables.runs, tables.curves)
    given = (tables.metrics, tables.runs, tables.examples, figures, {})
    html = render("demo", board, *given, details=tables.details)
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
    page.locator("#look").scroll_into_view_if_needed()
    page.wait_for_selector("#cell-gallery canvas", state="attached")
    return page


@pytest.fixture
def page(browser, address):
    page = opened(browser, address)
    yield page
    assert page.troubles == []
    page.context.close()


def models(page, table="table.board"):
    rows = page.locator(f"{table} tbody tr[data-model]:visible")
    return rows.evaluate_all("rows => rows.map(row => row.dataset.model)")


def told(page, name):
    return page.locator(f"#{name} strong").inner_text()


def test_it_opens_offline_and_asks_for_nothing(page):
    assert [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))] == []
    broken = "images => images.filter(image => image.complete && !image.naturalWidth).length"
    assert page.locator("img").evaluate_all(broken) == 0


def test_every_figure_is_drawn_when_it_comes_into_view(page):
    plots = page.locator("figure .plot:visible").all()
    assert len(plots) == 9
    for plot in plots:
        plot.scroll_into_view_if_needed()
        plot.locator(".main-svg").first.wait_for()


def test_columns_sort_by_keyboard_and_empty_values_stay_last(page):
    assert models(page)[:2] == ["patchcore", "padim"]
    board = page.locator("table.board")
    button = board.get_by_role("button", name="AUPRO", exact=True)
    button.press("Enter")
    assert models(page)[0] == "dfkde"
    assert models(page)[-2:] == ["brightness", "yolo"], "supervised models stay apart"
    button.press("Enter")
    assert models(page)[0] == "stfpm"
    assert models(page)[-2:] == ["brightness", "yolo"]
    assert board.locator("th[aria-sort=ascending]").inner_text().startswith("AUPRO")


def test_the_filter_hides_models_in_all_tables_and_says_so(page):
    page.get_by_label("Models", exact=True).fill("patch, dfk")
    assert models(page) == ["patchcore", "dfkde"]
    assert models(page, ".by-category") == ["patchcore", "dfkde"]
    assert page.locator(".filter output").inner_text() == "2 of 6 models shown"
    page.get_by_role("checkbox", name="not ranked").uncheck()
    assert models(page) == ["patchcore"]
    page.get_by_label("Models", exact=True).fill("")
    page.get_by_role("checkbox", name="supervised", exact=True).uncheck()
    assert models(page) == ["patchcore", "padim", "brightness"]
    assert not page.locator("table.board tbody.apart").is_visible()


def test_the_category_table_switches_its_metric(page):
    shown = page.locator("[data-metric]:visible")
    assert shown.get_attribute("data-metric") == "image_auroc"
    page.get_by_label("Metric").select_option("aupro")
    assert shown.get_attribute("data-metric") == "aupro"


def test_a_value_leads_into_its_cell(page):
    page.locator(".by-category:visible tr[data-model=padim] a.value").nth(1).click()
    assert page.locator("#cell-id").inner_text() == "demo.padim.machined_part.s0"
    assert page.locator("#pick-model").input_value() == "padim"
    page.locator("#pick-category").select_option("fabric")
    assert page.locator("#cell-id").inner_text() == "demo.padim.fabric.s0"


def test_the_slider_moves_false_alarms_misses_and_the_pictures(page):
    assert page.locator("#cell-id").inner_text() == FIRST
    assert told(page, "cell-false-alarms") == "1 of 20"
    before = page.locator("#cell-above li").all_inner_texts()
    slider = page.locator("#cell-threshold")
    slider.press("Home")
    assert (told(page, "cell-false-alarms"), told(page, "cell-misses")) == ("20 of 20", "0 of 30")
    assert page.locator("#cell-below li").all_inner_texts() == ["no test image"]
    assert page.locator("#cell-above li").all_inner_texts() != before
    slider.press("End")
    assert (told(page, "cell-false-alarms"), told(page, "cell-misses")) == ("0 of 20", "30 of 30")
    assert "0 of 15" in page.locator("#cell-recall").inner_text()
    page.get_by_role("button", name="No miss").click()
    assert told(page, "cell-misses") == "0 of 30"
    page.get_by_role("button", name="As set").click()
    assert told(page, "cell-false-alarms") == "1 of 20"
    assert page.locator("#cell-above li").all_inner_texts() == before


def test_what_is_wrong_is_said_in_words_beside_the_picture(page):
    page.get_by_role("button", name="No false alarm").click()
    assert page.locator("#cell-below li.wrong b").first.inner_text() == "missed"
    page.get_by_role("button", name="No miss").click()
    assert page.locator("#cell-above li.wrong b").first.inner_text() == "false alarm"


def test_the_interval_is_the_exact_one_of_the_count(page):
    detail = page.locator("#cell-false-alarms .detail").inner_text()
    assert detail == "50 per 1,000 good parts (1.3–249)"


def test_pointing_at_a_map_tells_the_raw_score_of_the_pixel(page):
    figure = page.locator("#cell-gallery figure").first
    canvas = figure.get_by_role("img", name="Anomaly map for")
    canvas.scroll_into_view_if_needed()
    canvas.hover(position={"x": 3, "y": 3})
    words, value = figure.locator(".pixel").inner_text().rsplit(": ", 1)
    assert words.startswith("pixel ")
    assert 0 < float(value) < 8


def test_maps_share_the_colours_of_their_model(page):
    assert page.locator("#cell-scale").inner_text().split() == ["0", "8"]
    colours = """canvas => new Set(Array.from(canvas.getContext('2d')
        .getImageData(0, 0, canvas.width, canvas.height).data)).size"""
    for canvas in page.locator("#cell-gallery canvas").all():
        assert canvas.evaluate(colours) > 10, "not one colour"


def test_a_failed_cell_says_why_and_a_cell_without_maps_shows_its_images(page):
    page.evaluate("location.hash = '#cell:demo.stfpm.board.s0'")
    page.get_by_text("model said <b>NaN</b>").locator("visible=true").last.wait_for()
    assert page.locator("#cell-status").inner_text() == "failed"
    assert not page.locator("#cell-scores").is_visible()
    page.evaluate("location.hash = '#cell:demo.brightness.fabric.s0'")
    page.locator("#cell-id", has_text="demo.brightness.fabric.s0").wait_for()
    page.locator("#cell-gallery figure").first.wait_for()
    assert page.locator("#cell-gallery").get_by_role("img", name="Anomaly map").count() == 0


def test_the_record_tells_how_to_repeat_a_cell(page):
    page.get_by_text("Where it comes from").click()
    assert "2026-03-02T14:05:31" in page.locator("#cell-provenance").inner_text()


def test_an_album_opens_with_pictures_of_each_defect_type(page):
    album = page.locator("[data-album]").first
    # By keyboard: figures that are still being drawn above move it away from under a pointer.
    album.locator("summary").press("Enter")
    album.locator("img").first.wait_for()
    assert album.locator("h3").all_inner_texts() == ["<b>dent</b>", "good", "scratch"]
    assert album.locator("img").count() == 20


def test_the_theme_can_be_chosen(page):
    button = page.get_by_role("button", name="Theme")
    papers = []
    for name in ("light", "dark"):
        button.click()
        assert name in button.inner_text()
        papers.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert _lightness(papers[0]) > 128 > _lightness(papers[1])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_accessibility_checker_finds_nothing(browser, address, scheme):
    page = opened(browser, address, color_scheme=scheme)
    page.locator("[data-album] summary").first.click()
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    page.locator("[data-album] img").first.wait_for()
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


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


def test_on_paper_everything_is_open_and_light(browser, address, tmp_path):
    page = opened(browser, address, color_scheme="dark")
    page.pdf(path=tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").stat().st_size > 50_000
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    assert _lightness(page.evaluate("getComputedStyle(document.body).backgroundColor")) > 128
    assert page.troubles == []


def _lightness(colour):
    channels = colour[colour.index("(") + 1 : -1].split(",")[:3]
    return sum(float(channel) for channel in channels) / 3
