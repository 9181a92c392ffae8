"""The architecture files that Ultralytics ships, looked up without importing it."""

from __future__ import annotations

import functools
import importlib.util
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

Task = Literal["detect", "segment", "classify"]
TASKS: dict[str, Task] = {"-seg": "segment", "-cls": "classify"}
"""Ends of names, as Ultralytics gives them; a name without one is a detector's."""
_OTHERS = re.compile(
    r"-(obb|pose|sem|depth)(-p6)?$|^rtdetr|-rtdetr$|^yoloe|-world(v2)?$|-cls-resnet18$"
)
"""Other tasks, and networks that take texts, too, or fetch weights from torchvision."""
_SIZE = re.compile(r"(\d+)([nslmx])(?=$|-)")


def task_of_name(stem: str) -> Task:
    """The task that a file's name tells: `yolo11n-seg` is for segment."""
    ends = (task for end, task in TASKS.items() if end in stem)
    return next(ends, "detect")


def is_usable(stem: str) -> bool:
    """Whether the name is that of a network for images alone and one of our tasks."""
    return _OTHERS.search(stem) is None


def is_shipped(stem: str) -> bool:
    """Whether Ultralytics ships an architecture of that name; True if it is not installed."""
    shipped = shipped_names()
    return not shipped or stem in shipped or _SIZE.sub(r"\1", stem, count=1) in shipped


def nearest(stem: str) -> str | None:
    """The shipped name that looks most like one that is not."""
    sized = {name for n in shipped_names() for name in (n, re.sub(r"^(yolov?\d+)", r"\1n", n))}
    return next(iter(get_close_matches(stem, sorted(sized), n=1)), None)


@functools.cache
def shipped_names() -> frozenset[str]:
    """Stems of all architecture files that can be used here, without their size."""
    found = importlib.util.find_spec("ultralytics")
    folders = found.submodule_search_locations if found else None
    files = Path(next(iter(folders))).glob("cfg/models/*/*.yaml") if folders else ()
    return frozenset(file.stem for file in files if is_usable(file.stem))
