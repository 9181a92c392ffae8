"""`--params models=padim+patchcore,categories=fabric`: which cells of the matrix to run."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from iadbe.benchmark.cell import Cell
from iadbe.errors import ConfigError

AXES = {"datasets": "dataset", "models": "model", "categories": "category", "seeds": "seed"}
"""Runtime parameter: the field of a cell that it selects."""


def did_you_mean(word: str, known: list[str]) -> str:
    """`; did you mean 'x'?` for a near miss, and the allowed words in any case."""
    near = difflib.get_close_matches(word, known, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"{hint}Allowed: {', '.join(known)}"


def select(cells: list[Cell], runtime_params: Mapping[str, Any]) -> list[Cell]:
    """The cells that the runtime parameters ask for; all of them when they ask for none.

    Values are one word, several joined by `+` (Kedro splits the option on commas), or a list.

    Raises:
        ConfigError: If a value is not on its axis of the matrix, or nothing is left.
    """
    chosen = cells
    for option, field in AXES.items():
        if option in runtime_params:
            known = sorted({str(getattr(cell, field)) for cell in cells})
            wanted = _padded(_words(runtime_params[option]), known)
            _check(option, wanted, known)
            chosen = [cell for cell in chosen if str(getattr(cell, field)) in wanted]
    if not chosen:
        raise ConfigError(f"--params {_shown(runtime_params)} leaves no cell of the matrix to run.")
    return chosen


def _words(value: Any) -> list[str]:
    items = value if isinstance(value, list | tuple) else str(value).split("+")
    return [str(item).strip() for item in items]


def _padded(words: list[str], known: list[str]) -> list[str]:
    """Give a name like `01`, which Kedro's command line makes the number 1, its zeros back."""
    names = {str(int(name)): name for name in known if name.isdecimal()}
    return [word if word in known else names.get(word, word) for word in words]


def _check(option: str, wanted: list[str], known: list[str]) -> None:
    for word in wanted:
        if word not in known:
            raise ConfigError(
                f"--params {option}={word}: not in the benchmark; {did_you_mean(word, known)}."
            )


def _shown(runtime_params: Mapping[str, Any]) -> str:
    return ",".join(f"{key}={value}" for key, value in runtime_params.items() if key in AXES)
