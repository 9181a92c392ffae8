"""What our configuration knows of a model that somebody else ran."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iadbe.auditing.reading.logged import LoggedRun
from iadbe.benchmark.check import check_entry
from iadbe.errors import IadbeError
from iadbe.models.registry import load_plugin, validate_params

BOXES = "map50"
"""A log that has it measured a detector, which learns from boxes: supervised."""


def supervision_of(run: LoggedRun, entries: Mapping[str, Any]) -> str | None:
    """`zero_shot`, `unsupervised` or `supervised`; None if no entry has the model's name.

    Args:
        run: The run.
        entries: The model entries of the configuration by name, unchecked.
    """
    if BOXES in run.metrics:
        return "supervised"
    if run.model not in entries:
        return None
    try:
        entry = check_entry(entries[run.model], run.model, "parameters_models.yml")
        plugin = load_plugin(entry.plugin)
        model = plugin(validate_params(plugin, entry.params, run.model), "cpu")
    except IadbeError:
        return None
    return str(model.supervision)
