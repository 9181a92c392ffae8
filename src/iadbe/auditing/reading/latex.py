r"""Tabulars in LaTeX: `tabular` and its kin, with booktabs rules or `\hline`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from iadbe.auditing.printed import Printed, PrintedRow

_BEGIN = re.compile(r"\\begin\{(tabular[xy*]?|longtable|array)\}")
_COMMENT = re.compile(r"(?<!\\)%.*")
_RULES = re.compile(
    r"\\(?:toprule|midrule|bottomrule|hline|addlinespace|endhead|endfirsthead|endfoot)\b(?:\[[^]]*\])?"
    r"|\\(?:cmidrule|cline)\s*(?:\([^)]*\))?\s*\{[^}]*\}"
)
_SPAN = re.compile(r"\\multicolumn\s*\{(\d+)\}")
_MULTIROW = re.compile(r"\\multirow\s*(?:\[[^]]*\])?\s*\{[^}]*\}\s*(?:\[[^]]*\])?\s*\{[^}]*\}")
_CITE = re.compile(r"~?\\(?:cite|citep|citet|ref|footnotemark)\s*(?:\[[^]]*\])?\s*\{[^}]*\}")


def read_latex(path: Path) -> list[Printed]:
    """All tabulars of a file, each with the label of its float as its title."""
    raw = path.read_text("utf-8", errors="replace")
    text = "\n".join(_COMMENT.sub("", line) for line in raw.split("\n"))
    return [table for begin in _BEGIN.finditer(text) if (table := _table(path, text, begin))]


def _table(path: Path, text: str, begin: re.Match[str]) -> Printed | None:
    end = text.find(f"\\end{{{begin[1]}}}", begin.end())
    rows = list(_rows(text, _after_arguments(text, begin), end if end >= 0 else len(text)))
    if not rows:
        return None
    surrounding = _surrounding(text, begin.start(), end)
    caption = _CITE.sub("", _argument(surrounding, r"\caption"))
    label = _argument(surrounding, r"\label").removeprefix("table:").removeprefix("tab:")
    title = label or path.stem.replace("_", " ")
    return Printed(path, rows[0].line, title, caption, rows[0].cells, rows[1:])


def _rows(text: str, start: int, end: int) -> Iterator[PrintedRow]:
    at = start
    for piece in re.split(r"(\\\\(?:\[[^]]*\])?|\\tabularnewline\b)", text[start:end]):
        content = _RULES.sub("", piece).strip()
        if "&" in content:
            line = text.count("\n", 0, at + len(piece) - len(piece.lstrip())) + 1
            yield PrintedRow(_line(text, at, content, line), _cells(content))
        at += len(piece)


def _line(text: str, at: int, content: str, otherwise: int) -> int:
    """The line of a row's first word, which rules above it do not move."""
    found = text.find(content, at)
    return text.count("\n", 0, found) + 1 if found >= 0 else otherwise


def _cells(content: str) -> list[str]:
    cells: list[str] = []
    for cell in re.split(r"(?<!\\)&", content):
        span = _SPAN.search(cell)
        cells.append(_plain(cell))
        cells += [""] * (int(span[1]) - 1 if span else 0)
    return cells


def _plain(cell: str) -> str:
    """A cell without the commands that place it; what makes it bold stays."""
    cell = _CITE.sub("", _MULTIROW.sub("", cell))
    if span := _SPAN.search(cell):
        _format, at = _braced(cell, span.end())
        cell, _ = _braced(cell, at)
    return re.sub(r"\\([&%_#])", r"\1", cell).strip()


def _after_arguments(text: str, begin: re.Match[str]) -> int:
    """Where the body starts: behind the width that some take, and the column format."""
    at = begin.end()
    for _ in range(2 if begin[1] in ("tabularx", "tabulary", "tabular*") else 1):
        if option := re.match(r"\s*\[[^]]*\]", text[at:]):
            at += option.end()
        _, at = _braced(text, at)
    return at


def _surrounding(text: str, start: int, end: int) -> str:
    """The float that a tabular stands in; without one, nothing."""
    opening = max(text.rfind(r"\begin{table", 0, start), text.rfind(r"\begin{longtable", 0, start))
    closing = text.find(r"\end{table", end)
    inside = opening >= 0 and text.find(r"\end{table", opening, start) < 0
    return text[opening:closing] if inside and closing >= 0 else ""


def _argument(text: str, command: str) -> str:
    """The argument of a command's first use; empty without one."""
    found = re.search(re.escape(command) + r"\s*(?:\[[^]]*\])?(?=\s*\{)", text)
    return " ".join(_braced(text, found.end())[0].split()) if found else ""


def _braced(text: str, at: int) -> tuple[str, int]:
    """What stands in the braces that open next, and where they are closed."""
    start = text.find("{", at)
    if start < 0:
        return "", at
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return text[start + 1 : place], place + 1
    return text[start + 1 :], len(text)
