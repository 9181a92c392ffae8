"""For all tests: no telemetry, and `tests/project.py` can be imported."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

os.environ["DO_NOT_TRACK"] = "1"
if "PYTEST_XDIST_WORKER" in os.environ:
    # Two processes that use all cores each spend more time on waiting for them than on computing.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent))

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def chromium():
    """Path of a browser; where CI runs, a missing one is a failure, not a skip."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"none of {', '.join(BROWSERS)}")
    return found


@pytest.fixture(scope="session")
def browser(chromium):
    """One for all tests of a process: Playwright refuses to be driven twice at a time."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()
