"""The names of licences in a model card's free text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from iadbe.reporting.model_cards import CODE_LICENCE, WEIGHTS_LICENCE, ModelCard

NOT_STATED = "not stated"
"""Of code or weights whose licence no card names: nobody may assume one."""

_NAMES = re.compile(
    r"""\b(?:
        (?:A|L)?GPL-\d\.\d(?:-only|-or-later)? | Apache-\d\.\d | BSD-\d-Clause | MPL-\d\.\d
      | MIT | CC0-\d\.\d | CC-BY(?:-[A-Z]{2})*(?:-\d\.\d)? | \w+\ License
      | research\ only | non-commercial | not\ stated
    )\b""",
    re.VERBOSE,
)
_NONE_NEEDED = re.compile(r"\bnone\b.*\bneeded\b|\bnone needed\b")


def licences(models: Sequence[str], cards: Sequence[ModelCard]) -> dict[str, tuple[str, ...]]:
    """The licences of code and weights of each model, sorted by name, each once."""
    lines = {card.model: dict(card.lines) for card in cards}
    return {model: _all(lines.get(model, {})) for model in models}


def _all(lines: dict[str, str]) -> tuple[str, ...]:
    texts = [lines.get(label, NOT_STATED) for label in (CODE_LICENCE, WEIGHTS_LICENCE)]
    return tuple(sorted({name for text in texts for name in licence_names(text)}))


def licence_names(text: str) -> list[str]:
    """The licences that a text names; the text itself where it names no known one.

    A text that says that none is needed has no licence.
    """
    found = _NAMES.findall(text)
    if found or _NONE_NEEDED.search(text):
        return list(dict.fromkeys(found))
    return [text]
