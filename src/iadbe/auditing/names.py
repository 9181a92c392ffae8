"""One name for each dataset, model, category and metric, whatever a table or a log calls it."""

from __future__ import annotations

import functools
import re
from importlib import resources
from typing import Any

import yaml

LEVELS = ("image", "pixel")


def dataset(text: str) -> str:
    """`MVTec3D` → `mvtec_3d`."""
    return _canonical("datasets", text)


def model(text: str) -> str:
    """`RD` → `reverse_distillation`."""
    return _canonical("models", text)


def category(text: str) -> str:
    """`Metal Nut` → `metal_nut`."""
    return _canonical("categories", text)


def is_average(text: str) -> bool:
    """Whether a column of this label holds averages."""
    return slug(text) in _aliases()["averages"]


def is_other(text: str) -> bool:
    """Whether a column of this label holds no results."""
    return slug(text) in _aliases()["others"]


def is_known_model(text: str) -> bool:
    """Whether the table of aliases has this model."""
    return _squeezed(text) in _lookup("models")


def is_known_dataset(text: str) -> bool:
    """Whether the table of aliases has this dataset."""
    return _squeezed(text) in _lookup("datasets")


def known_dataset(text: str) -> str | None:
    """The first dataset that a text names, e.g. `table:MVTec3D Pixel PRO` → `mvtec_3d`."""
    return next((name for _, name in _mentions(text, "datasets")), None)


def metrics_in(text: str) -> list[str]:
    """The metrics that a text names, in order and once each, e.g. `pixel_auroc`.

    The level is the last one named before the metric; where none is, the metric's bare name.
    """
    found = (_with_level(text, at, name) for at, name in _mentions(text, "metrics"))
    return list(dict.fromkeys(found))


def slug(text: str) -> str:
    """Lower case, words joined by `_`; `PatchCore` stays one word."""
    return "_".join(_words(text))


def _with_level(text: str, at: int, name: str) -> str:
    before = [word for word in _words(text)[:at] if word in LEVELS]
    return f"{before[-1]}_{name}" if before else name


def _mentions(text: str, kind: str) -> list[tuple[int, str]]:
    """(index of the first word, name) of all that a text mentions, in order."""
    words, lookup = _words(text), _lookup(kind)
    found, at = [], 0
    while at < len(words):
        ends = range(min(len(words), at + 8), at, -1)
        end = next((end for end in ends if "".join(words[at:end]) in lookup), None)
        if end is not None:
            found.append((at, lookup["".join(words[at:end])]))
        at = end or at + 1
    return found


def _canonical(kind: str, text: str) -> str:
    return _lookup(kind).get(_squeezed(text), slug(text))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def _squeezed(text: str) -> str:
    return "".join(_words(text))


@functools.cache
def _lookup(kind: str) -> dict[str, str]:
    """Squeezed alias → name."""
    entries: dict[str, list[str]] = _aliases()[kind]
    return {_squeezed(alias): name for name, others in entries.items() for alias in [name, *others]}


@functools.cache
def _aliases() -> dict[str, Any]:
    text = resources.files("iadbe.auditing").joinpath("aliases.yml").read_text("utf-8")
    aliases: dict[str, Any] = yaml.safe_load(text)
    return aliases
