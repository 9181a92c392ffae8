"""Keeps Ultralytics to itself: no network, no installs, no settings of the user touched.

Ultralytics reads these variables while it is imported: it then asks two DNS servers whether it is
online and writes a settings file into the user's home.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from multiprocessing.util import Finalize

SILENT_SETTINGS = (
    "sync",
    "clearml",
    "comet",
    "dvc",
    "mlflow",
    "raytune",
    "tensorboard",
    "wandb",
)
"""Settings that make Ultralytics report to others."""


def isolate() -> bool:
    """Point Ultralytics at a settings folder of this process alone, and take it offline.

    The folder goes with the process that made it; children forked from it read what was loaded.

    Returns:
        False if Ultralytics was imported before, by somebody else: its settings are then theirs.
    """
    if "ultralytics" in sys.modules:
        return False
    folder = tempfile.mkdtemp(prefix="iadbe-ultralytics-")
    Finalize(None, shutil.rmtree, (folder,), {"ignore_errors": True}, exitpriority=0)
    os.environ.update(YOLO_OFFLINE="1", YOLO_AUTOINSTALL="0", YOLO_CONFIG_DIR=folder)
    os.environ.setdefault("YOLO_VERBOSE", "false")
    return True


@contextlib.contextmanager
def unchanged_variables() -> Iterator[None]:
    """Give environment variables back the values that they had: many libraries read them."""
    before = dict(os.environ)
    try:
        yield
    finally:
        for name in set(os.environ) - set(before):
            del os.environ[name]
        os.environ.update({k: v for k, v in before.items() if os.environ.get(k) != v})
