"""The notebooks run from top to bottom on a finished benchmark, and draw without a network."""

from __future__ import annotations

import json
import shutil

import pytest

from project import ROOT, new_project

pytestmark = pytest.mark.slow
BOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A Kedro project with results of two toys, and the notebooks in their place."""
    folder = tmp_path_factory.mktemp("project")
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    (folder / "pyproject.toml").write_text(text[text.index("[tool.kedro]") :])
    (folder / "src").mkdir()
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    new_project(folder, padim_lite0={}, patchcore_lite0={"scale": 2.0}).run()
    return folder


@pytest.fixture(scope="module")
def outputs(folder):
    """outputs("01") → what each cell of that notebook shows, by kind."""
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    known = {}

    def run(name):
        if name not in known:
            (path,) = (folder / "notebooks").glob(f"{name}*.ipynb")
            book = nbformat.read(path, as_version=4)
            place = {"metadata": {"path": str(path.parent)}}
            nbclient.NotebookClient(book, timeout=300, resources=place).execute()
            cells = [cell for cell in book.cells if cell.cell_type == "code"]
            known[name] = [out.get("data", out) for cell in cells for out in cell.outputs]
        return known[name]

    return run


def text_of(outputs):
    return "\n".join(str(part) for data in outputs for part in data.values())


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_checked_in_without_outputs(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    assert [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")] == []


def test_every_notebook_is_run_here():
    assert [path.name[:2] for path in BOOKS] == ["01", "02"]


def test_predictions_show_misses_and_where_the_model_looked(outputs):
    shown = text_of(outputs("01"))
    assert "defect_type" in shown
    assert "false_alarm_rate" in shown
    for panel in ("image", "anomaly map", "true mask"):
        assert f'"text":"{panel}"' in shown


def test_models_are_compared(outputs):
    shown = text_of(outputs("02"))
    assert {"padim_lite0", "patchcore_lite0"} <= set(shown.replace('"', " ").split())
    assert "no test: both models completed 2 categories together, 3 are needed" in shown
    assert "latency_p50_ms" in shown


@pytest.mark.parametrize(("name", "figures"), [("01", 3), ("02", 1)])
def test_figures_are_drawn_without_a_network(outputs, browser, tmp_path, name, figures):
    page = tmp_path / "page.html"
    parts = [data["text/html"] for data in outputs(name) if "text/html" in data]
    page.write_text("<meta charset='utf-8'>" + "".join(map("".join, parts)), "utf-8")
    context = browser.new_context(offline=True)
    shown = context.new_page()
    shown.goto(page.as_uri())
    shown.wait_for_function(
        f"document.querySelectorAll('.plotly-graph-div .main-svg').length >= {figures}"
    )
    context.close()
