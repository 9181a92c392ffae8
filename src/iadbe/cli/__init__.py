"""The command line: `kedro run` with our runner, and the `iadbe` command.

Kedro looks here for `cli` and `run`.
"""

from iadbe.cli.run import cli, run

__all__ = ["cli", "run"]
