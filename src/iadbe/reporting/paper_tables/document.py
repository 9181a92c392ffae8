"""One document that holds all tables and compiles as it is."""

from __future__ import annotations

from collections.abc import Sequence

from iadbe.reporting.paper_tables.latex import PACKAGES

NAME = "tables"


def document(tables: Sequence[str]) -> str:
    r"""LaTeX that inputs files beside it.

    Args:
        tables: Their names without suffix.
    """
    lines = [
        r"\documentclass{article}",
        r"\usepackage[margin=2.5cm]{geometry}",
        *(rf"\usepackage{{{name}}}" for name in PACKAGES),
        r"\begin{document}",
        # LaTeX holds back no more than 18 tables for a better place.
        *(rf"\input{{{name}}}\clearpage" for name in tables),
        r"\end{document}",
    ]
    return "\n".join(lines) + "\n"
