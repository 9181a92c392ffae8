"""Every line of a shell block in README and docs is run, or is in a list that says why not.

The lines of a page are run as they stand and in their order, on a machine where toys stand in for
the models and drawn images for the datasets (`reader.py`); one that another page had is not run
again, unless the page brings a configuration of its own. A new line is run without further ado; if
it cannot be, its author has to say so below.
"""

from __future__ import annotations

import ast
import shlex
import shutil

import pytest
from markdown_files import FILES, blocks, files_in
from reader import Reader

from project import ROOT

SHELL = {"bash", "sh", "console"}
CODES = {"iadbe audit src/iadbe/published/original_iadbe.csv": 1}
"""Lines that are to end with another exit code than 0: the page says so."""
TUTORIAL = "tests/docs/test_plugin_tutorial.py"
ELSEWHERE = {
    "iadbe models show zscore": f"{TUTORIAL}:test_the_commands_of_the_tutorial_know_the_model",
    "iadbe models check zscore": f"{TUTORIAL}:test_the_commands_of_the_tutorial_know_the_model",
    "iadbe run --env zscore": f"{TUTORIAL}:project",
    "make viz": "tests/viz/conftest.py:address",
    "make docs": "tests/docs/test_site.py:site",
}
"""Lines that another test runs, and the function that does; its text has their words."""
NOT_RUN = {
    "make test": "runs these tests",
    "make run": "makes an environment from PyPI; its recipe is `kedro run`",
    "pip ": "needs PyPI",
    "docker ": "needs Docker and PyPI",
    "conda ": "needs conda and PyPI",
    "pytest": "tests/docs/test_plugin_tutorial.py and tests/examples run these tests",
    ".venv/bin/pytest": "this is pytest",
    ".venv/bin/pre-commit install": "changes the checkout's git hooks",
    "kedro jupyter lab": "starts a server; tests/notebooks runs the notebooks",
    "iadbe datasets download": "needs the network and gigabytes; tests/download has a server",
    "iadbe models show autoencoder": "the plugin is not installed here; see tests/examples",
    "iadbe models check autoencoder": "trains with torch; tests/examples runs the same checks",
    "iadbe run --env autoencoder": "trains with torch; tests/examples trains it",
}
"""Beginnings of lines that no test runs as they stand, and why."""


def lines_of(page):
    """The commands of a page's shell blocks, without comments and variables set before them."""
    for block in blocks(page):
        for line in block.text.splitlines() if block.language in SHELL else ():
            raw = line.strip()
            if not raw.startswith("cp "):
                raw = shlex.join(shlex.split(raw, comments=True))
            if raw:
                yield raw


LINES = {page: list(lines_of(page)) for page in FILES}
ALL = {line for lines in LINES.values() for line in lines}


def excused(line):
    """Why a line is not run here, or None if it is."""
    if line in ELSEWHERE:
        return ELSEWHERE[line]
    return next((why for start, why in NOT_RUN.items() if line.startswith(start)), None)


RUN = {page: [line for line in lines if not excused(line)] for page, lines in LINES.items()}


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """Someone who has run the demo and two other benchmarks, as have two machines beside."""
    reader = Reader(tmp_path_factory.mktemp("reader"))
    reader.open(ROOT / "docs/own_images.md")
    for env in ("base", "smoke", "mvtec_ad", "mvtec_ad_offline", "iadbe"):
        code, output = reader.run(["kedro", "run", "--env", env])
        assert code == 0, output
    for name in ("second", "third"):
        shutil.copytree(reader.folder / "data", reader.folder / "mnt" / name / "data")
    convert = ["iadbe", "datasets", "convert", "raw_few/part", "--from-format", "folder"]
    for name in ("pcb", "DeepPCB_yolo"):
        to = f"data/01_raw/{name}"
        code, output = reader.run([*convert[:4], to, *convert[4:], "--to-format", "yolo"])
        assert code == 0, output
    yield reader
    reader.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    "page", [page for page in FILES if RUN[page]], ids=lambda page: str(page.relative_to(ROOT))
)
def test_the_commands_of_a_page_run(reader, page):
    reader.open(page)
    own = {f"--env {name.split('/')[1]}" for name in files_in(page) if name.startswith("conf/")}
    for line in dict.fromkeys(RUN[page]):
        if line in reader.known and not any(env in line for env in own):
            continue
        words = [line] if line.startswith("cp ") else shlex.split(line)
        code, output = reader.run(words)
        assert code == CODES.get(line, 0), f"{line}\n{output}"
        assert "Traceback" not in output, f"{line}\n{output}"
        reader.known.add(line)


def test_most_lines_are_run():
    assert sum(map(len, RUN.values())) > 90


def test_no_excuse_is_left_over():
    assert set(CODES) <= ALL
    assert set(ELSEWHERE) <= ALL
    for start in NOT_RUN:
        assert [line for line in ALL if line.startswith(start)], start


@pytest.mark.parametrize("line", ELSEWHERE)
def test_the_other_test_has_the_words_of_the_line(line):
    file, _, name = ELSEWHERE[line].partition(":")
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    (function,) = [
        found for found in tree.body if isinstance(found, ast.FunctionDef) and found.name == name
    ]
    said = {found.value for found in ast.walk(function) if isinstance(found, ast.Constant)}
    program = {"kedro", "iadbe", "run", "models", "make"}
    assert set(shlex.split(line)) - program <= said
