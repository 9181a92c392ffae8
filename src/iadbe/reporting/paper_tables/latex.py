r"""A table in LaTeX: booktabs rules, caption and label, ready for `\input`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iadbe.reporting.paper_tables.escape import escape
from iadbe.reporting.paper_tables.grid import Grid, grid
from iadbe.reporting.paper_tables.table import Entry, Note, PaperTable

PACKAGES = ("booktabs", "graphicx")
"""What a document has to load."""
_WIDEST = 60
"""Letters, with three for each gap, that fit the text of an article in ten points."""


def latex(table: PaperTable) -> str:
    r"""A `table` float; one that is wider than the text is scaled to its width."""
    printed = grid(table)
    wide = _width(printed) > _WIDEST
    lines = [
        f"% {table.title}; needs " + "".join(rf"\usepackage{{{name}}}" for name in PACKAGES),
        r"\begin{table}[htbp]",
        r"  \centering",
        rf"  \caption{{{escape(table.caption)}}}",
        rf"  \label{{{label(table)}}}\par\smallskip",
        *([r"  \resizebox{\textwidth}{!}{%"] if wide else []),
        *_tabular(printed),
        *(["  }"] if wide else []),
        *_notes(table.notes),
        r"\end{table}",
    ]
    return "\n".join(lines) + "\n"


def label(table: PaperTable) -> str:
    r"""What `\ref` asks for, e.g. `tab:mvtec-ad-image-auroc`."""
    return "tab:" + table.name.replace("_", "-")


def _tabular(printed: Grid) -> list[str]:
    blocks = [
        [_line([escape(name), *map(_entry, entries)]) for name, entries in block]
        for block in printed.blocks
    ]
    body: list[str] = []
    for block in blocks:
        body += [r"    \midrule", *block]
    return [
        rf"  \begin{{tabular}}{{l*{{{len(printed.head) - 1}}}{{c}}}}",
        r"    \toprule",
        _line(map(escape, printed.head)),
        *body,
        r"    \bottomrule",
        r"  \end{tabular}%",
    ]


def _notes(notes: Sequence[Note]) -> list[str]:
    if not notes:
        return []
    told = [
        rf"    {escape(note.mark)}{'~' if note.mark else ''}{escape(note.text)}.\par"
        for note in notes
    ]
    opening = r"  \par\smallskip\begin{minipage}{\textwidth}\footnotesize\raggedright"
    return [opening, *told, r"  \end{minipage}"]


def _entry(entry: Entry) -> str:
    text = escape(entry.text)
    return rf"\textbf{{{text}}}" if entry.bold else text


def _line(entries: Iterable[str]) -> str:
    return "    " + " & ".join(entries) + r" \\"


def _width(printed: Grid) -> int:
    rows = [[name, *(entry.text for entry in entries)]
            for block in printed.blocks for name, entries in block]  # fmt: skip
    columns = zip(printed.head, *rows, strict=True)
    return sum(max(map(len, column)) + 3 for column in columns)
