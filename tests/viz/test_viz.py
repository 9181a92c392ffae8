"""kedro-viz tells a newcomer the way from images to report by names alone."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from project import ROOT

pytestmark = pytest.mark.slow
KEDRO = Path(sys.executable).with_name("kedro")

WAY = [
    "demo.raw",
    "ingestion",
    "demo.samples",
    "demo",
    "demo.metrics",
    "collect_results",
    "metrics",
    "rank_models",
    "leaderboard",
    "draw_figures",
    "demo.bars_figure",
    "render_report",
    "report",
]
LAYERS = ["raw", "samples", "metrics", "leaderboard", "figures", "report"]
LOADED = """
import sys
from pathlib import Path
from kedro_viz.integrations.kedro.data_loader import load_data
catalog, pipelines, *_ = load_data(Path.cwd())
print(len(pipelines["__default__"].nodes), sorted({"torch", "anomalib"} & set(sys.modules)))
"""


def node(page, name):
    exactly = re.compile(rf"^{re.escape(name)}$")
    return page.locator(".pipeline-node", has=page.get_by_text(exactly))


def choose(page, name):
    """Show what kedro-viz knows of a node; what it tells of another covers half the picture."""
    page.keyboard.press("Escape")
    page.locator(".pipeline-metadata--visible").wait_for(state="detached")
    node(page, name).click()


def picture(page, name):
    """Kept out of git, to be looked at."""
    folder = ROOT / "screenshots"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"kedro-viz-{name}.png")


def test_the_way_reads_from_left_to_right(page):
    picture(page, "way")
    places = [node(page, name).bounding_box()["x"] for name in WAY]
    assert places == sorted(places)
    assert len(set(places)) == len(places)


def test_namespaces_are_collapsed(page):
    names = page.locator(".pipeline-node").all_text_contents()
    assert len(names) < 50
    assert not [name for name in names if name in {"fit", "predict", "evaluate"}]
    assert not [name for name in names if "first" in name or "second" in name]


def test_the_layers_are_the_stages(page):
    shown = page.locator(".pipeline-layer-name").all_text_contents()
    assert [name for name in shown if name in LAYERS] == LAYERS
    assert set(shown) <= {*LAYERS, "model", "predictions"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("demo.samples", ("sample_id", "defect_type", "fabric")),
        ("runs", ("status", "done", "demo.first.fabric.s0")),
        ("metrics", ("ci_low", "auroc", "first")),
        ("leaderboard", ("rank", "image_auroc", "first", "second")),
        ("scorecard", ("verdict", "published")),
        ("audit", ("severity", "remedy")),
    ],
)
def test_a_table_is_shown(page, name, words):
    choose(page, name)
    table = page.locator(".preview-table", has_text=words[0])
    table.wait_for()
    picture(page, name)
    text = table.inner_text()
    for word in words:
        assert word in text


@pytest.mark.parametrize("kind", ["heat_map", "bars", "roc", "cost", "ranks"])
def test_a_figure_is_drawn(page, kind):
    choose(page, f"demo.{kind}_figure")
    figure = page.locator(".pipeline-plotly__preview .main-svg").first
    figure.wait_for()
    picture(page, kind)
    assert figure.bounding_box()["height"] > 100


def test_a_cell_opens_to_its_nodes(page):
    page.keyboard.press("Escape")
    for name in ("demo", "demo.first", "demo.first.part", "demo.first.part.s0"):
        node(page, name).dblclick()
        page.wait_for_timeout(1000)
    picture(page, "cell")
    names = page.locator(".pipeline-node").all_text_contents()
    stages = {"fit", "predict", "measure costs", "evaluate", "illustrate"}
    assert {*stages, "demo.first.part.s0.model"} <= {name.replace("_", " ") for name in names}
    choose(page, "demo.first.part.s0.metrics")
    page.locator(".preview-table", has_text="ci_low").wait_for()


def test_build_makes_a_site(finished):
    done = subprocess.run(
        [KEDRO, "viz", "build", "--include-previews"],
        cwd=finished.folder,
        env=finished.environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "leaderboard" in (finished.folder / "build/api/main").read_text("utf-8")
    assert (finished.folder / "build/index.html").is_file()


def test_kedro_viz_loads_no_heavy_library(finished):
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=finished.folder,
        env=finished.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    count, _, heavy = done.stdout.strip().splitlines()[-1].partition(" ")
    assert int(count) > 10, done.stderr
    assert heavy == "[]"
