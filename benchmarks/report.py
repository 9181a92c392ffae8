"""Size, build time, memory and load time of the report, small and of the original's size.

    python benchmarks/report.py

Both are made up, 6 models in 3 categories and 16 in 41, with pictures of realistic size. Load time
is that of headless Chromium, the median of five, until every script of the page has run; the
CPU seconds are those of its main thread, which other work on the machine disturbs less.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from playwright.sync_api import Browser, sync_playwright

from iadbe.reporting.figures import draw
from iadbe.reporting.leaderboard import rank
from iadbe.reporting.report import render
from reporting.full_matrix import make_full_matrix  # type: ignore[import-not-found]
from reporting.made_up import Tables, make_tables  # type: ignore[import-not-found]

CHROMIUM = "/usr/bin/chromium"
REPEATS = 5


def build(name: str, tables: Tables, folder: Path) -> tuple[Path, float]:
    """The report's file, and the CPU seconds it took."""
    start = time.process_time()
    board = rank(tables.metrics, tables.runs)
    figures = draw(board, tables.runs, tables.curves)
    given = (tables.metrics, tables.runs, tables.examples, figures, {})
    path = folder / f"{name}.html"
    path.write_text(render(name, board, *given, details=tables.details), encoding="utf-8")
    return path, time.process_time() - start


def load(browser: Browser, path: Path) -> tuple[float, float]:
    """Seconds until the page is interactive, and of them those of its main thread."""
    page = browser.new_context(offline=True, viewport={"width": 1280, "height": 900}).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(path.as_uri(), wait_until="load")
    entry = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    seconds = page.evaluate(entry) / 1e3
    found = session.send("Performance.getMetrics")["metrics"]
    busy = next(each["value"] for each in found if each["name"] == "TaskDuration")
    page.context.close()
    return seconds, busy


def main() -> None:
    """Print a Markdown table."""
    print("| report | MB | build, CPU s | peak MB | interactive, s | main thread, CPU s |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, make in (("6 models × 3", make_tables), ("16 models × 41", make_full_matrix)):
            path, seconds = build(name, make(), Path(folder))
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
            times = [load(browser, path) for _ in range(REPEATS)]
            shown, busy = (statistics.median(column) for column in zip(*times, strict=True))
            size = path.stat().st_size / 1e6
            print(
                f"| {name} | {size:.1f} | {seconds:.1f} | {peak:.0f} | {shown:.1f} | {busy:.1f} |"
            )


if __name__ == "__main__":
    main()
