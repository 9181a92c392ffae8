"""All tables and runs of the files and folders that an audit is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from iadbe.auditing.interpret import interpret
from iadbe.auditing.printed import Printed
from iadbe.auditing.reading.csv_table import read_csv
from iadbe.auditing.reading.latex import read_latex
from iadbe.auditing.reading.log import read_runs
from iadbe.auditing.reading.logged import LoggedRun
from iadbe.auditing.reading.markdown import read_markdown
from iadbe.auditing.table import Table, Value
from iadbe.errors import DataError

READERS: dict[str, Callable[[Path], list[Printed]]] = {
    ".md": read_markdown,
    ".tex": read_latex,
    ".csv": read_csv,
}
LOG = ".log"


class Evidence(NamedTuple):
    """What an audit looks at."""

    tables: list[Table]
    runs: list[LoggedRun]

    def values(self) -> Iterator[Value]:
        """The cells of all tables."""
        for table in self.tables:
            yield from table.values()


def gather(paths: Iterable[Path]) -> Evidence:
    """Read all tables of results and all logs.

    Args:
        paths: Files, or folders that are searched for `.md`, `.tex`, `.csv` and `.log`.

    Raises:
        DataError: A path does not exist, a file is of another kind, or there is nothing to audit.
    """
    tables: list[Table] = []
    runs: list[LoggedRun] = []
    given = list(paths)
    for file in _files(given):
        if file.suffix == LOG:
            runs += read_runs(file)
        else:
            tables += filter(None, map(interpret, READERS[file.suffix](file)))
    if not tables and not runs:
        where = ", ".join(map(str, given))
        raise DataError(
            f"{where}: no table of results and no console log; name files that hold some."
        )
    return Evidence(tables, runs)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Each file once, in order."""
    kinds = (*READERS, LOG)
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found |= dict.fromkeys(p for p in sorted(path.rglob("*")) if p.suffix in kinds)
        elif not path.exists():
            raise DataError(f"{path}: no such file or folder.")
        elif path.suffix not in kinds:
            raise DataError(f"{path}: cannot be audited; give {', '.join(kinds)} or a folder.")
        else:
            found[path] = None
    return iter(found)
