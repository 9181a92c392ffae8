"""The configuration that a command other than `run` reads."""

from __future__ import annotations

from iadbe import project
from iadbe.benchmark.loader import BenchmarkConfigLoader


def loader(env: str | None) -> BenchmarkConfigLoader:
    """A config loader for an environment, on the conf that `iadbe run` would use."""
    folder = project.prepare()
    from kedro.framework.project import settings

    return BenchmarkConfigLoader(
        project.conf_source(folder=folder), env, **settings.CONFIG_LOADER_ARGS
    )
