"""Pipe tables in Markdown.

Not through a Markdown library: those pad and cut rows to the header, which hides a shifted row.
"""

from __future__ import annotations

import re
from pathlib import Path

from iadbe.auditing.printed import Printed, PrintedRow

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_HEADING = re.compile(r"#{1,6}\s+(.+?)\s*#*\s*")
_FENCE = re.compile(r"\s*(```|~~~)")
_BOLD_FROM = re.compile(r"\bbold\b[^.\n]*?(?:at least|from|≥|>=)\s*(\d+(?:\.\d+)?)", re.IGNORECASE)


def read_markdown(path: Path) -> list[Printed]:
    """All pipe tables of a file, each with the heading above it as its title."""
    lines = _without_code(path.read_text("utf-8", errors="replace").splitlines())
    bold_from = _bold_from(lines)
    tables, title, at = [], path.stem, 0
    while at < len(lines):
        if heading := _HEADING.fullmatch(lines[at]):
            title = heading[1]
        if _starts_table(lines, at):
            end = _end(lines, at)
            tables.append(_table(path, title, lines, at, end)._replace(bold_from=bold_from))
            at = end
        else:
            at += 1
    return tables


def _table(path: Path, title: str, lines: list[str], at: int, end: int) -> Printed:
    rows = [PrintedRow(line + 1, _cells(lines[line])) for line in range(at + 2, end)]
    return Printed(path, at + 1, title, "", _cells(lines[at]), rows)


def _starts_table(lines: list[str], at: int) -> bool:
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return "|" in lines[at] and "|" in below and bool(_RULE.fullmatch(below))


def _end(lines: list[str], at: int) -> int:
    end = at + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    return end


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith(r"\|") else inner
    return [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]


def _without_code(lines: list[str]) -> list[str]:
    """Empty lines in place of fenced code, so that line numbers stay."""
    kept, inside = [], False
    for line in lines:
        fence = bool(_FENCE.match(line))
        kept.append("" if inside or fence else line)
        inside ^= fence
    return kept


def _bold_from(lines: list[str]) -> float | None:
    stated = next(filter(None, map(_BOLD_FROM.search, lines)), None)
    return float(stated[1]) if stated else None
