"""Read a category's optional `boxes.json`."""

from __future__ import annotations

import json
from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from iadbe.errors import DataError
from iadbe.samples import Box

_BOXES = TypeAdapter(dict[str, list[Box]])
NAME = "boxes.json"


def read_boxes(folder: Path, anomalous: Collection[Path]) -> dict[Path, str]:
    """The boxes of a category's anomalous images.

    Args:
        folder: The category's folder.
        anomalous: Paths of its anomalous images.

    Returns:
        JSON (a list of [left, top, right, bottom], shares in [0, 1]) by image path; empty if the
        category has no `boxes.json`.

    Raises:
        DataError: If the file is malformed or speaks of an image that is not there.
    """
    file = folder / NAME
    if not file.exists():
        return {}
    try:
        entries = _BOXES.validate_json(file.read_bytes())
    except ValidationError as error:
        fault = error.errors()[0]
        where = " → ".join(map(str, fault["loc"])) or "the file"
        raise DataError(f"{file}: {where}: {fault['msg']}") from error
    paths = {path.relative_to(folder).as_posix(): path for path in anomalous}
    for name, boxes in entries.items():
        _check(file, name, boxes, paths)
    return {paths[name]: json.dumps(boxes) for name, boxes in entries.items()}


def _check(file: Path, name: str, boxes: list[Box], known: Collection[str]) -> None:
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f" Did you mean '{near[0]}'?" if near else " Remove the entry."
        raise DataError(f"{file}: '{name}' is no anomalous image of this category.{hint}")
    for left, top, right, bottom in boxes:
        if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
            box = [left, top, right, bottom]
            message = f"{file}: '{name}': {box} is no box. "
            raise DataError(message + "Write [left, top, right, bottom] as shares in [0, 1].")
