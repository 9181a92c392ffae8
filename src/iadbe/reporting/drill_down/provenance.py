"""Where a result of the report comes from, as lines of label and text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from iadbe.reporting.formats import amount, text
from iadbe.reporting.record import Lines, came_from


def provenance(run: Mapping[str, Any]) -> list[tuple[str, Lines]]:
    """Title and lines of every section that has something to say.

    Args:
        run: A row of `iadbe.schemas.RunsSchema`.
    """
    found = [("", _state(run)), *came_from(_record(run))]
    return [(title, lines) for title, lines in found if lines]


def _state(run: Mapping[str, Any]) -> Lines:
    lines = [
        ("cell", text(run["cell"])),
        ("status", text(run["status"])),
        ("cause", text(run["cause"])),
        ("traceback", text(run["traceback_file"])),
        ("ran", _when(run)),
        ("fingerprint", text(run["fingerprint"])),
    ]
    return [(label, value) for label, value in lines if value]


def _when(run: Mapping[str, Any]) -> str | None:
    if not text(run["finished_at"]):
        return None
    return f"{run['started_at']} to {run['finished_at']}, {amount(run['seconds'])} s"


def _record(run: Mapping[str, Any]) -> dict[str, Any]:
    """A run record, as far as the table `runs` has kept it."""
    kept: dict[str, Any] = json.loads(text(run["record"]) or "{}")
    told = {
        "cell": {"plugin": run["plugin"], "params": json.loads(run["params"]), "seed": run["seed"]},
        "supervision": text(run["supervision"]),
        "plugin_version": text(run["plugin_version"]),
        "device": text(run["device"]),
        "environment": json.loads(text(run["environment"]) or "null"),
    }
    return kept | {key: value for key, value in told.items() if value}
