"""Find the project and its configuration: a checkout, a folder with its own conf, or neither."""

from __future__ import annotations

import os
from pathlib import Path

CONF_MARK = Path("base/benchmark.yml")


def packaged_conf() -> Path:
    """The demo's configuration that comes with the package (in a checkout, the checkout's)."""
    package = Path(__file__).parent
    inside = package / "conf"
    return inside if inside.is_dir() else package.parents[1] / "conf"


def has_benchmark(folder: Path) -> bool:
    """Whether a folder has a benchmark of its own below `conf/`."""
    return (folder / "conf" / CONF_MARK).is_file()


def conf_source(given: str | None = None, folder: Path | None = None) -> str:
    """Where configuration is read from.

    Args:
        given: What the user asked for; wins.
        folder: The project's folder; its `conf/` is used if it holds a benchmark.

    Returns:
        A folder (or an archive, if given): the user's, the project's, or the package's.
    """
    if given:
        return given
    folder = folder or Path.cwd()
    return str(folder / "conf" if has_benchmark(folder) else packaged_conf())


def prepare(folder: Path | None = None) -> Path:
    """Tell Kedro which package this is, quietly.

    Args:
        folder: The project's folder; by default that of the project around the working folder,
            else the working folder.

    Returns:
        The project's folder.
    """
    os.environ.setdefault("DO_NOT_TRACK", "1")
    # Kedro reads it on import, and looks only below the working folder for a file.
    os.environ.setdefault("KEDRO_LOGGING_CONFIG", str(packaged_conf() / "logging.yml"))
    from kedro.framework.project import configure_project
    from kedro.utils import find_kedro_project

    configure_project("iadbe")
    return folder or find_kedro_project(Path.cwd()) or Path.cwd()
