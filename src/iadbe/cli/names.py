"""Names in `--pipelines` and `--namespaces` that the benchmark does not have."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Mapping
from typing import Any

from iadbe.benchmark.selection import did_you_mean
from iadbe.errors import ConfigError


def check_names(options: Mapping[str, Any]) -> None:
    """Refuse a pipeline or namespace that is not there.

    Args:
        options: The options of `kedro run`, by parameter name.

    Raises:
        ConfigError: With the near ones, or what there is.
    """
    from kedro.framework.project import pipelines

    asked = options.get("pipelines") or [options.get("pipeline") or "__default__"]
    for name in asked:
        if name not in pipelines:
            hint = did_you_mean(name, sorted(pipelines))
            raise ConfigError(f"--pipelines {name}: no such pipeline; {hint}.")
    nodes = [node for name in asked for node in pipelines[name].nodes]
    known = {part for node in nodes for part in _parts(node.namespace or "")}
    for name in options.get("namespaces") or []:
        if name not in known:
            raise ConfigError(f"--namespaces {name}: no such namespace; {_near(name, known)}")


def _parts(namespace: str) -> list[str]:
    """`a.b.c` → `a`, `a.b`, `a.b.c`."""
    return list(itertools.accumulate(namespace.split("."), lambda one, two: f"{one}.{two}"))


def _near(name: str, known: set[str]) -> str:
    """Near namespaces, else those of the first level; all of them could be thousands."""
    near = difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.8)
    roots = sorted(part for part in known if part and "." not in part)
    return f"did you mean {', '.join(near)}?" if near else f"they begin with {', '.join(roots)}."
