"""Put a copy of a folder in a place in one step, whatever happens meanwhile."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

_NEW, _OLD = "merging", "replaced"


def put_copy(source: Path, place: Path, is_good: Callable[[Path], bool] | None = None) -> bool:
    """Copy a folder beside its place, then exchange it for what is there.

    Args:
        source: The folder.
        place: Where the copy goes.
        is_good: Asked of the copy before it is put in place.

    Returns:
        Whether the copy was good, and is in place; if not, all is as it was.
    """
    new, old = _beside(place, _NEW), _beside(place, _OLD)
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source, new)
    if is_good is not None and not is_good(new):
        shutil.rmtree(new)
        return False
    if place.exists():
        place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    return True


def recover(root: Path) -> None:
    """Mend what a merge that was killed left behind: what it had moved aside moves back."""
    for old in root.glob(f"*/*/*/.s*.{_OLD}"):
        place = old.with_name(old.name.removeprefix(".").removesuffix(f".{_OLD}"))
        if place.exists():
            shutil.rmtree(old)
        else:
            old.rename(place)
    for new in root.glob(f"*/*/*/.s*.{_NEW}"):
        shutil.rmtree(new)


def _beside(place: Path, role: str) -> Path:
    return place.with_name(f".{place.name}.{role}")
