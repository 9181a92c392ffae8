"""The configuration that a command other than `run` reads."""

from __future__ import annotations

import click

from iadbe import project
from iadbe.benchmark.loader import BenchmarkConfigLoader

PROTOCOL = click.option(
    "--protocol",
    type=click.Choice(["clean", "paper"]),
    help="That of the run, if not the configured one.",
)


def loader(env: str | None, protocol: str | None = None) -> BenchmarkConfigLoader:
    """A config loader for an environment, on the conf that `iadbe run` would use.

    Args:
        env: Kedro environment; None for the default one.
        protocol: As in `iadbe run --params protocol=…`; None for the configured one.
    """
    folder = project.prepare()
    from kedro.framework.project import settings

    return BenchmarkConfigLoader(
        project.conf_source(folder=folder),
        env,
        runtime_params={"protocol": protocol} if protocol else None,
        **settings.CONFIG_LOADER_ARGS,
    )


def run_command(env: str | None, protocol: str | None = None) -> str:
    """What to type for the results that are not there yet."""
    options = {"--env ": env, "--params protocol=": protocol}
    return "iadbe run" + "".join(f" {name}{value}" for name, value in options.items() if value)
