"""Draw the demo dataset, once: whole categories appear, or none."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from filelock import FileLock
from pydantic import ValidationError

from iadbe.demo.arguments import DRAWING_VERSION, Arguments
from iadbe.demo.picture import CATEGORIES
from iadbe.demo.write import write_category
from iadbe.errors import ConfigError, DataError

MARKER = "demo.json"
"""File in a category's folder that says which arguments drew it; it is there, or nothing is."""


def draw(  # noqa: PLR0913 - the counts of a dataset, all by keyword
    root: Path,
    *,
    seed: int = 0,
    size: int = 256,
    n_train: int = 60,
    n_test_normal: int = 20,
    n_test_anomalous: int = 30,
    n_train_anomalous: int = 12,
    categories: Sequence[str] = tuple(CATEGORIES),
) -> None:
    """Draw the demo dataset in the MVTec AD layout; a no-op where it already stands.

    The same arguments give the same bytes on the same machine. Each image is drawn from random
    numbers of its own, so other counts add or drop images but change none.

    Args:
        root: Folder of the dataset; made if missing. Each category becomes a folder below it.
        seed: Decides every image.
        size: Edge length of the square images in pixels.
        n_train: Normal training images a category.
        n_test_normal: Normal test images a category.
        n_test_anomalous: Anomalous test images a category, dealt evenly over its defect types.
        n_train_anomalous: Labelled anomalous training images a category, for supervised models.
        categories: Which categories to draw.

    Raises:
        ConfigError: If an argument is out of range or a category unknown.
        DataError: If a folder of a category's name is not ours, or `root` cannot be written.
    """
    for category in categories:
        _check_known(category)
    try:
        arguments = Arguments(
            drawing_version=DRAWING_VERSION,
            seed=seed,
            size=size,
            n_train=n_train,
            n_test_normal=n_test_normal,
            n_test_anomalous=n_test_anomalous,
            n_train_anomalous=n_train_anomalous,
        )
    except ValidationError as error:
        fault = error.errors()[0]
        raise ConfigError(f"demo dataset, {fault['loc'][0]}: {fault['msg']}") from error
    due = [category for category in categories if not _stands(root / category, arguments)]
    if due:
        _draw_due(root, due, arguments)


def _draw_due(root: Path, due: Sequence[str], arguments: Arguments) -> None:
    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / ".demo.lock"):
            for category in due:
                if not _stands(root / category, arguments):
                    _draw_whole(root, category, arguments)
    except OSError as error:
        message = f"{root}: cannot write the demo dataset: {error.strerror or error}. "
        raise DataError(message + "Free the folder or name another one.") from error


def _draw_whole(root: Path, category: str, arguments: Arguments) -> None:
    """Draw beside the category's folder, then put the finished folder in its place."""
    fresh, stale = root / f".{category}.drawing", root / f".{category}.stale"
    for leftover in (fresh, stale):
        shutil.rmtree(leftover, ignore_errors=True)
    fresh.mkdir()
    write_category(fresh, category, arguments)
    (fresh / MARKER).write_text(_marker(arguments), encoding="utf-8")
    if (root / category).exists():
        (root / category).rename(stale)
    fresh.rename(root / category)
    shutil.rmtree(stale, ignore_errors=True)


def _stands(folder: Path, arguments: Arguments) -> bool:
    """Whether a folder holds just this drawing; raises if it holds something that is not ours."""
    if not folder.exists():
        return False
    try:
        found = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or found.get("drawn_by") != "iadbe.demo":
        message = f"{folder}: not drawn by the demo (no {MARKER} of ours), so it is left alone. "
        raise DataError(message + "Move it away, or draw the demo into another folder.")
    return bool(found == json.loads(_marker(arguments)))


def _marker(arguments: Arguments) -> str:
    return json.dumps({"drawn_by": "iadbe.demo", **arguments.model_dump()}, indent=1) + "\n"


def _check_known(category: str) -> None:
    if category not in CATEGORIES:
        near = get_close_matches(category, CATEGORIES, n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        known = ", ".join(CATEGORIES)
        raise ConfigError(f"demo dataset: no category '{category}'.{hint} It draws: {known}.")
