"""A table in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from iadbe.reporting.paper_tables.grid import grid
from iadbe.reporting.paper_tables.table import Entry, Note, PaperTable

_SPECIAL = str.maketrans({"|": r"\|", "*": r"\*", "<": "&lt;", ">": "&gt;", "\n": " "})


def markdown(table: PaperTable) -> str:
    """Heading, caption, the table, and its notes as a list."""
    printed = grid(table)
    lines = [
        f"# {escape(table.title)}",
        "",
        escape(table.caption),
        "",
        _line(map(escape, printed.head)),
        _line([":---", *["---:"] * (len(printed.head) - 1)]),
    ]
    for block in printed.blocks:
        lines += [_line([escape(label), *map(_entry, entries)]) for label, entries in block]
    if table.notes:
        lines += ["", *map(_note, table.notes)]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """Text that Markdown prints as it is."""
    return text.translate(_SPECIAL)


def _entry(entry: Entry) -> str:
    return f"**{entry.text}**" if entry.bold else entry.text


def _note(note: Note) -> str:
    return f"- `{note.mark}` {escape(note.text)}." if note.mark else f"- {escape(note.text)}."


def _line(entries: Sequence[str] | map[str]) -> str:
    return "| " + " | ".join(entries) + " |"
