"""Text that LaTeX prints as it is, whatever is in it."""

from __future__ import annotations

import unicodedata

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': "''",  # the default font encoding has no straight one
    "\n": " ",
    "†": r"\textsuperscript{\dag}",
    "±": r"$\pm$",
    "×": r"$\times$",
    "≥": r"$\geq$",
    "≤": r"$\leq$",
    "→": r"$\to$",
    "\u2212": r"$-$",
    "\u2013": "--",
    "\u2014": "---",
    "\u2018": "`",
    "\u2019": "'",
    "\u201c": "``",
    "\u201d": "''",
    "\u2026": r"\dots{}",
}


def escape(text: str) -> str:
    """LaTeX of a text; a letter beyond ASCII loses its accent, any other sign becomes `?`."""
    return "".join(_SPECIAL.get(letter) or _plain(letter) for letter in text)


def _plain(letter: str) -> str:
    if letter.isascii():
        return letter if letter.isprintable() else " "
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if part.isascii() and part.isalnum()) or "?"
