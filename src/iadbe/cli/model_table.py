"""`iadbe models list`: a line a model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from iadbe.cli.model_facts import ModelFacts, of_entry, of_plugin
from iadbe.errors import PluginError
from iadbe.models.registry import entries, names, problems

UNKNOWN = "-"
WIDTH = 14
"""Of a licence in the table; `iadbe models show` has all of it."""
COLUMNS = ("model", "plugin", "supervision", "maps", "year", "licence")
PARAMS_COLUMNS = ("model", "plugin", "parameters")


class Listed(NamedTuple):
    """Rows by `COLUMNS`, then the parameters; a line for each thing that is wrong."""

    configured: list[list[str]]
    ready: list[list[str]]
    problems: list[str]


def listed(configured: dict[str, Any]) -> Listed:
    """Look up every configured model, and every plugin that runs without an entry.

    Args:
        configured: The entries by name, unchecked.
    """
    wrong: dict[str, str] = {}
    rows = [_configured(name, raw, wrong) for name, raw in configured.items()]
    ready = [_ready(name, wrong) for name in names() if name not in configured]
    mistaken = sorted(name for name, problem in wrong.items() if not problem)
    lines = [*problems(), *(problem for problem in wrong.values() if problem)]
    if mistaken:
        lines.append(
            f"not to be used as they are: {', '.join(mistaken)}; "
            f"`iadbe models show {mistaken[0]}` says why"
        )
    return Listed(rows, [row for row in ready if row], list(dict.fromkeys(lines)))


def registrations() -> list[tuple[str, str, str]]:
    """Plugin, package and version of every registration."""
    return [(entry.name, entry.package, entry.version) for entry in entries()]


def _configured(name: str, raw: Any, wrong: dict[str, str]) -> list[str]:
    """A row; dashes for an entry with a mistake, which is noted."""
    given = raw if isinstance(raw, dict) else {}
    params = "\n".join(_flat(given.get("params") or {}))
    try:
        return [*_row(of_entry(name, raw)), params]
    except PluginError as error:
        wrong[name] = str(error)
    except Exception:  # noqa: BLE001 - also whatever a stranger's model raises
        wrong[name] = ""
    unknown = [UNKNOWN] * (len(COLUMNS) - 2)
    return [name, str(given.get("plugin", UNKNOWN)), *unknown, params]


def _ready(name: str, wrong: dict[str, str]) -> list[str]:
    """A row, or nothing for a plugin that needs parameters or is broken."""
    try:
        facts = of_plugin(name)
    except PluginError as error:
        wrong[name] = str(error)
        return []
    except Exception:  # noqa: BLE001 - whatever a stranger's model raises
        wrong[name] = ""
        return []
    return [] if facts.params is None else [*_row(facts), ""]


def _row(facts: ModelFacts) -> list[str]:
    return [
        facts.name,
        facts.entry.plugin,
        facts.model.supervision,
        "yes" if facts.model.localizes else "no",
        str(facts.card.year or UNKNOWN),
        _short(facts.card.code_licence or UNKNOWN),
    ]


def _short(licence: str) -> str:
    return licence if len(licence) <= WIDTH else f"{licence[: WIDTH - 1]}…"


def _flat(params: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """`{a: {b: 1}}` → `a.b: 1`, as `--params` names it."""
    for key, value in params.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}: {value}"
