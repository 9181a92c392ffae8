"""A cell's record as sections of label and text, for a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from iadbe.cells.history import History
from iadbe.metrics.overall import overall
from iadbe.reporting.formats import NOTHING, amount, text

Lines = list[tuple[str, str]]
_RECORDED = "not recorded: made by an earlier version"


def sections(history: History) -> list[tuple[str, Lines]]:
    """Title and lines of every section that has something to say, in reading order."""
    record = history.record
    found = [
        ("", list(_state(history))),
        ("numbers", list(_numbers(history.metrics))),
        *came_from(record),
        ("files", list(_files(history))),
    ]
    return [(title, lines) for title, lines in found if lines]


def came_from(record: Mapping[str, Any]) -> list[tuple[str, Lines]]:
    """Title and lines of what a run record says of where its result comes from."""
    return [
        ("configuration", list(_configuration(record))),
        ("data", list(_data(record))),
        ("weights", list(_weights(record))),
        ("machine and versions", list(_machine(record))),
        ("source", list(_source(record))),
        ("to repeat", list(_command(record))),
    ]


def _state(history: History) -> Iterator[tuple[str, str]]:
    yield "cell", history.cell_id
    yield "status", history.status + (f": {history.cause}" if history.cause else "")
    entry, record = history.entry, history.record
    if entry is None:
        return
    if history.status == "failed" and entry.traceback_file:
        yield "traceback", entry.traceback_file
    times = [time or NOTHING for time in (entry.started_at, entry.finished_at)]
    yield "ran", f"{times[0]} to {times[1]}, {amount(entry.seconds)} s"
    seconds = [(name, record.get(f"{name}_seconds")) for name in ("fit", "predict")]
    if took := ", ".join(f"{name} {amount(value)} s" for name, value in seconds if value):
        yield "took", took
    if entry.stages:
        yield "fingerprints", ", ".join(f"{name} {digest}" for name, digest in entry.stages.items())


def _numbers(metrics: pd.DataFrame) -> Iterator[tuple[str, str]]:
    whole = overall(metrics)
    for row in whole.to_dict("records"):
        yield f"{row['level']} {row['metric']}", _number(row)
    if rest := len(metrics) - len(whole):
        yield "by defect", f"{rest} more values by defect type and size in metrics.parquet"


def _number(row: Mapping[Any, Any]) -> str:
    if pd.isna(row["value"]):
        return f"{NOTHING}  {text(row['reason']) or 'no reason recorded'}"
    shown = _digits(row["value"], row["level"])
    known = pd.notna(row["ci_low"]) and pd.notna(row["ci_high"])
    interval = (
        f"  [{', '.join(_digits(row[k], row['level']) for k in ('ci_low', 'ci_high'))}]"
        if known
        else ""
    )
    of = f"  n {row['n']}" if row["n"] else ""
    leak = "" if row["leakage"] == "none" else f"  leakage: {row['leakage']}"
    return f"{shown}{interval}{of}{leak}"


def _digits(value: float, level: str) -> str:
    """A share to four decimals; costs and thresholds may have any size."""
    return amount(value) if level == "system" or abs(value) > 1 else f"{value:.4f}"


def _configuration(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    cell = record.get("cell") or {}
    for key in ("plugin", "protocol", "image_size", "threshold_quantile", "seed"):
        if cell.get(key) is not None:
            yield key.replace("_", " "), str(cell[key])
    if "params" in cell:
        yield "params", json.dumps(cell["params"])
    if record.get("supervision"):
        yield "supervision", record["supervision"]
    if record.get("plugin_version"):
        yield "code", record["plugin_version"]


def _data(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if not (data := record.get("data")):
        return
    yield "digest", data["digest"] or NOTHING
    for split in ("train", "val", "test"):
        yield split, f"{data[split]['normal']} normal, {data[split]['anomalous']} anomalous"
    yield "learnt from", f"{record.get('samples', NOTHING)} images"


def _weights(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for file in record.get("weights") or []:
        yield "file", file["name"]
        yield "sha256", file["sha256"]
    if missing := record.get("stand_ins"):
        yield "random", f"stand in for {', '.join(missing)}"
    if record.get("weights") == []:
        yield "none", "reads no file of weights"


def _machine(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if environment := record.get("environment"):
        yield "processor", f"{environment['processor']}, {environment['cores']} cores"
        yield "threads", str(environment.get("threads") or "not limited")
        yield "memory", f"{environment['memory_gb']} GB"
        yield "gpu", environment["gpu"] or "none"
        yield "system", environment["system"]
        packages = [f"{name} {version}" for name, version in environment["packages"].items()]
        yield "packages", ", ".join([f"python {environment['python']}", *packages])
    if record.get("device"):
        yield "device", record["device"]
    if record.get("environment"):
        yield "git", _git(record)


def _git(record: Mapping[str, Any]) -> str:
    if "git" not in record:
        return _RECORDED
    state = record["git"]
    if state is None:
        return "the project was in no git checkout"
    return f"commit {state['commit']}" + (", with uncommitted changes" if state["dirty"] else "")


def _command(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if record.get("command"):
        yield "", record["command"]


def _source(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Where imported results come from."""
    for key, value in (record.get("source") or {}).items():
        yield key.replace("_", " "), _flat(value)


def _flat(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {item}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return NOTHING if value is None else str(value)


def _files(history: History) -> Iterator[tuple[str, str]]:
    if history.entry is not None:
        yield "results", str(history.folder)
    if history.model is not None:
        yield "model", str(history.model)
