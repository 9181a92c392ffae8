"""`make docs`: the site, the demo's report and its pipeline, looked at without a network."""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from iadbe.pipelines.evaluation.pipeline import create_pipeline as evaluation
from iadbe.pipelines.ingestion.pipeline import create_pipeline as ingestion
from iadbe.pipelines.training.pipeline import create_pipeline as training
from project import ROOT, new_project

PARTS = ("Makefile", "mkdocs.yml", "constraints.txt", "README.md", "CHANGELOG.md")
PAGES = ["index", "metrics", "statistics", "architecture", "plugins", "reference/plugins"]
COPIED = ("docs", "examples", "src")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """What `make docs` makes in a checkout whose demo has not been run: its models are toys."""
    folder = tmp_path_factory.mktemp("checkout")
    project = new_project(folder, padim_lite0={}, patchcore_lite0={"scale": 2.0})
    for name in (*PARTS, "CONTRIBUTING.md"):
        shutil.copy(ROOT / name, folder)
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    (folder / "pyproject.toml").write_text(text[text.index("[tool.kedro]") :])
    _environment(folder / ".venv")
    done = subprocess.run(
        ["make", "docs"],
        cwd=folder,
        env=project.environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def _environment(folder):
    """This one, as if make had made it: its stamps are newer than what they depend on."""
    folder.mkdir()
    (folder / "bin").symlink_to(Path(sys.executable).parent)
    for stamp in (".torch", ".installed", ".developer"):
        (folder / stamp).touch()


@pytest.fixture
def opened(browser):
    """opened(address) → a page that cannot reach a network, with its troubles and requests."""
    contexts = []

    def go(address, *, offline=True):
        context = browser.new_context(offline=offline)
        contexts.append(context)
        page = context.new_page()
        page.troubles, page.asked = [], []
        page.on("console", lambda m: page.troubles.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(address)
        return page

    yield go
    for context in contexts:
        context.close()


def beyond(page, *own):
    own = (*own, "file:", "data:", "blob:")
    return [address for address in page.asked if not address.startswith(own)]


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_from_disk_without_network_or_error(site, opened, name):
    page = opened((site / f"{name}.html").as_uri())
    page.wait_for_load_state("networkidle")
    assert page.troubles == []
    assert beyond(page) == []
    assert page.locator("img").evaluate_all("all => all.filter(i => !i.naturalWidth).length") == 0


@pytest.mark.slow
def test_formulas_are_drawn(site, opened):
    page = opened((site / "metrics.html").as_uri())
    formulas = page.locator("math")
    assert formulas.count() > 30
    heights = formulas.evaluate_all("all => all.map(m => m.getBoundingClientRect().height)")
    assert min(heights) > 5
    assert "$" not in page.locator("article").inner_text()


@pytest.mark.slow
def test_search_works_from_disk(site, opened):
    page = opened((site / "index.html").as_uri())
    page.locator("[data-md-component=search-query]").fill("conformal")
    page.locator(".md-search-result__item", has_text="threshold").first.wait_for()
    assert page.troubles == []
    assert beyond(page) == []


@pytest.mark.slow
def test_the_reference_is_written_from_docstrings(site):
    text = (site / "reference/metrics.html").read_text("utf-8")
    for words in ("iadbe.metrics.region", "pro_curve", "Corners of the PRO curve", "ranking"):
        assert words in text


@pytest.mark.slow
def test_the_demo_is_linked_and_there(site, opened):
    page = opened((site / "index.html").as_uri())
    links = page.locator("article a").evaluate_all("all => all.map(link => link.href)")
    for name in ("demo/report.html", "pipeline/index.html"):
        assert (site / name).is_file()
        assert (site / name).as_uri() in links


@pytest.mark.slow
def test_the_pipeline_is_drawn_and_asks_nobody(site, opened):
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=site)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    page = opened(f"{address}/pipeline/index.html", offline=False)
    try:
        page.locator(".pipeline-node", has_text=re.compile(r"^leaderboard$")).wait_for()
        assert beyond(page, address) == []
    finally:
        server.shutdown()


@pytest.mark.slow
def test_the_site_is_built_without_torch():
    code = (
        "import sys; from mkdocs.__main__ import cli; cli(['build', '-q', '-d', sys.argv[1]],"
        " standalone_mode=False); print({'torch', 'iadbe'} & set(sys.modules))"
    )
    target = Path(os.environ.get("TMPDIR", "/tmp")) / f"iadbe-site-{os.getpid()}"
    done = subprocess.run(
        [sys.executable, "-c", code, str(target)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    shutil.rmtree(target, ignore_errors=True)
    assert done.stdout.strip().endswith("set()"), done.stdout + done.stderr


def test_the_picture_names_what_the_pipelines_have():
    shown = set(re.findall(r">([a-z_]+)</text>", (ROOT / "docs/assets/data_flow.svg").read_text()))
    stages = {"ingestion", "training", "evaluation", "reporting"}
    templates = (ingestion(), training(), evaluation())
    nodes = {node.name for template in templates for node in template.nodes}
    assert nodes | stages <= shown
    data = {name for template in templates for name in template.datasets()}
    reporting = (ROOT / "src/iadbe/pipelines/reporting/pipeline.py").read_text("utf-8")
    unknown = {name for name in shown - stages - nodes - data if f'"{name}"' not in reporting}
    assert unknown <= {"figures"}  # stands for all of them
