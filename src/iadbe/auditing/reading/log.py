"""Console logs of Anomalib (its command line, and scripts with Lightning) and of Ultralytics."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from iadbe.auditing import names
from iadbe.auditing.reading.announced import Announced, by_command, by_file_name
from iadbe.auditing.reading.logged import Logged, LoggedRun

COLUMNS = ["dataset", "model", "category", "trained_on", "metric", "value", "file", "line"]
_PROCESSING = re.compile(r"Processing dataset: (\S+)")
_INITIALIZING = re.compile(r"Initializing (\w+) model\.")
_NAMED = re.compile(r"(?:train|test)_")
_SCRIPT = re.compile(r"/(\w+)\.(?:py|sh)\s*$")
_RESULTS = re.compile(r"\bTest metric\b.*\bDataLoader \d")
_RESULT = re.compile(r"[│|\s]*([A-Za-z]\w*)[│|\s]+(-?\d[\d.]*(?:e[+-]?\d+)?|nan)[│|\s]*")
_ERROR = re.compile(r"(?:\w+\.)*\w*(?:Error|Exception): .*")
_ULTRALYTICS = re.compile(r"Ultralytics YOLO\S*")
_BOXES = re.compile(r"\s+all((?:\s+\d[\d.e+-]*){6})\s*")
_BOX_METRICS = ("precision", "recall", "map50", "map50_95")


def read_log(path: Path) -> pd.DataFrame:
    """The results in a console log, tidy.

    Args:
        path: A log of `anomalib train`, `anomalib test`, a script that calls Lightning, or of
            Ultralytics.

    Returns:
        A row a number, in the order of the log: `dataset, model, category, trained_on` (str; null
        unless a checkpoint of another run was tested), `metric` (str, e.g. `pixel_auroc`), `value`
        (float64, as logged), `file` (str), `line` (int64, from 1). A run that ended without a
        result has no row; `read_runs` has it.
    """
    rows = [
        (
            run.dataset,
            run.model,
            run.category,
            run.trained_on,
            metric,
            *number[:1],
            str(path),
            number.line,
        )
        for run in read_runs(path)
        for metric, number in run.metrics.items()
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"value": "float64", "line": "int64"})


def read_runs(path: Path) -> list[LoggedRun]:
    """All runs that a log tells of, those without a result too."""
    reader = _Reader(path)
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            reader.read(number, line.rstrip("\n"))
    return reader.runs


class _Reader:
    """Follows a log line by line."""

    def __init__(self, path: Path) -> None:
        self.runs: list[LoggedRun] = []
        self._path = path
        self._said = by_file_name(path.stem) if _NAMED.match(path.stem) else Announced()
        self._in_results = False

    def read(self, number: int, line: str) -> None:
        """Take a line."""
        self._read(number, line)
        if self.runs:
            self.runs[-1].training.note(number, line)

    def _read(self, number: int, line: str) -> None:
        if self._in_results:
            self._result(number, line)
        elif _RESULTS.search(line):
            self._in_results = bool(self.runs)
        elif said := by_command(line):
            self._begin(number, said)
        elif processing := _PROCESSING.search(line):
            self._begin(number, Announced(category=names.category(processing[1])))
        elif initializing := _INITIALIZING.search(line):
            self._initializing(number, names.model(initializing[1]))
        elif not self.runs and _SCRIPT.search(line):
            self._script(line)
        else:
            self._other(number, line)

    def _begin(self, number: int, said: Announced) -> None:
        known = said.over(self._said)
        dataset = known.dataset or names.slug(self._path.stem)
        category = known.category or dataset
        if names.dataset(category) == dataset:
            category = dataset
        model = known.model or "unknown"
        self.runs.append(LoggedRun(self._path, number, dataset, model, category, known.trained_on))

    def _initializing(self, number: int, model: str) -> None:
        """The first sign of a run, if the log names no command; else the model's real name."""
        if not self.runs or self.runs[-1].metrics or self.runs[-1].error:
            self._begin(number, Announced(model=model))
        else:
            self.runs[-1].model = model

    def _script(self, line: str) -> None:
        """The script's name may say what the log's does not."""
        script = _SCRIPT.search(line)
        if script and _NAMED.match(script[1]):
            self._said = self._said.over(by_file_name(script[1]))

    def _result(self, number: int, line: str) -> None:
        if found := _RESULT.fullmatch(line):
            metric = next(iter(names.metrics_in(found[1])), names.slug(found[1]))
            self.runs[-1].metrics[metric] = Logged(float(found[2]), number)
        elif self.runs[-1].metrics and line.strip():
            self._in_results = line.lstrip().startswith("├")

    def _other(self, number: int, line: str) -> None:
        if _ULTRALYTICS.search(line) and not self.runs:
            self._begin(number, Announced())
        elif self.runs and (boxes := _BOXES.fullmatch(line)):
            measured = zip(_BOX_METRICS, boxes[1].split()[2:], strict=True)
            self.runs[-1].metrics |= {name: Logged(float(text), number) for name, text in measured}
        elif self.runs and not self.runs[-1].metrics and _ERROR.match(line):
            self.runs[-1].error = line.strip()
