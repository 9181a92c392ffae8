"""A finished small benchmark in kedro-viz, and a browser to look at it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from project import ROOT, new_project

KEDRO = Path(sys.executable).with_name("kedro")
PORTS = range(21000, 22000, 10)


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """The demo's pipeline with two quick models, run; a Kedro project."""
    pytest.importorskip("kedro_viz")
    folder = tmp_path_factory.mktemp("viz")
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    (folder / "pyproject.toml").write_text(text[text.index("[tool.kedro]") :])
    (folder / "src").mkdir()
    project = new_project(folder, first={}, second={"scale": 2.0})
    project.run()
    return project


@pytest.fixture(scope="session")
def address(finished):
    """Of `kedro viz run`, which ends with the tests."""
    port = _free_port()
    command = [KEDRO, "viz", "run", "--no-browser", "--port", str(port)]
    log = finished.folder / "viz.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            command,
            cwd=finished.folder,
            env=finished.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/api/main", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


@pytest.fixture(scope="session")
def page(address, browser):
    """A page that shows the pipeline from left to right, without kedro-viz's own hints."""
    page = browser.new_page(viewport={"width": 1800, "height": 900})
    page.goto(address)
    page.wait_for_selector(".pipeline-node")
    page.locator(".feature-hints__close").click()
    page.get_by_label("Change flowchart orientation").click()
    page.wait_for_timeout(2000)  # the nodes move to their new places
    yield page
    page.close()


def _free_port():
    """One that nobody answers on; kedro-viz wants it below the ephemeral ones."""
    import socket

    for port in PORTS:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    pytest.skip("no free port")


def _wait_for(url, server, log, seconds=120):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(url, timeout=10).close()
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.5)
        else:
            return
    pytest.fail(f"kedro-viz did not start: {log.read_text()}")
