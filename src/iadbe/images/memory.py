"""Remember what was found in image files, so that a second ingestion opens only changed ones."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import astuple, fields
from pathlib import Path

from iadbe.errors import DataError
from iadbe.images.inspect import Inspection, inspect_file, stamp

_COLUMNS = ", ".join(field.name for field in fields(Inspection))
_PLACES = ", ".join("?" for _ in fields(Inspection))
_TABLE = f"create table if not exists inspections_3 ({_COLUMNS}, primary key (path))"
"""The number counts the changes of its columns; what an older version remembered is not asked."""
_COMMIT_EVERY = 200


class Inspections:
    """Inspects image files and remembers the outcome as long as size and times stay the same.

    Args:
        file: SQLite file of the memory; made when needed. One that is damaged, or no SQLite, is
            moved aside to `<file>.damaged` and made anew: it holds nothing that is not in the
            images.
    """

    def __init__(self, file: Path) -> None:
        self.file = file

    def inspect(self, paths: Iterable[str]) -> dict[str, Inspection]:
        """Inspect files, several at a time (Pillow decodes without the interpreter's lock).

        Args:
            paths: Image files.

        Returns:
            The inspection of every path.

        Raises:
            DataError: If the memory cannot be written.
        """
        wanted = sorted(set(paths))
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            return self._inspect_or_heal(wanted)
        except (OSError, sqlite3.OperationalError) as error:
            raise DataError(
                f"{self.file}: the memory of file inspections cannot be written ({error}). Make "
                "its folder writable, or give another file for `inspections` in catalog.yml."
            ) from error

    def _inspect_or_heal(self, paths: list[str]) -> dict[str, Inspection]:
        try:
            return self._inspect(paths)
        except sqlite3.OperationalError:  # locked, read-only, disk full: nothing is wrong with it
            raise
        except sqlite3.DatabaseError:
            self.file.replace(f"{self.file}.damaged")
            return self._inspect(paths)

    def _inspect(self, paths: list[str]) -> dict[str, Inspection]:
        with closing(sqlite3.connect(self.file, timeout=60)) as memory:
            memory.execute(_TABLE)
            known = _known(memory, paths)
            with ThreadPoolExecutor(os.cpu_count()) as threads:
                fresh = threads.map(inspect_file, [path for path in paths if path not in known])
                for found in _committed(memory, fresh):
                    known[found.path] = found
        return known


def _known(memory: sqlite3.Connection, paths: list[str]) -> dict[str, Inspection]:
    """What is remembered of files that have not changed since."""
    wanted = dict.fromkeys(paths)
    rows = (Inspection(*row) for row in memory.execute(f"select {_COLUMNS} from inspections_3"))  # noqa: S608
    candidates = [row for row in rows if row.path in wanted]
    return {row.path: row for row in candidates if stamp(row.path) == row.stamp}


def _committed(memory: sqlite3.Connection, found: Iterator[Inspection]) -> Iterator[Inspection]:
    """Remember good files as they come, so that a broken-off inspection goes on where it was."""
    for count, inspection in enumerate(found, start=1):
        if inspection.error is None:
            statement = f"insert or replace into inspections_3 ({_COLUMNS}) values ({_PLACES})"  # noqa: S608
            memory.execute(statement, astuple(inspection))
        if count % _COMMIT_EVERY == 0:
            memory.commit()
        yield inspection
    memory.commit()
