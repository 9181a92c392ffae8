"""How the original lays its tables out: the order of models and categories, and their names."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

import yaml

from iadbe.published.load import AVERAGE, original

_NAMES = "original_names.yml"


def ordered_models(models: Iterable[str]) -> list[str]:
    """Models as the rows of the original's tables stand, then the others as they come."""
    return _ordered(models, _models())


def ordered_categories(dataset: str, categories: Iterable[str]) -> list[str]:
    """Categories as the columns of the original's tables stand, then the others as they come."""
    return _ordered(categories, _categories().get(dataset, ()))


def model_name(model: str) -> str:
    """`reverse_distillation` → `RD`; a model that the original has not keeps its own name."""
    return str(_names()["models"].get(model, model))


def category_name(dataset: str, category: str) -> str:
    """`metal_nut` → `Metal Nut`; one that the original has not is in words, `metal nut`."""
    words = category.replace("_", " ")
    if category not in _categories().get(dataset, ()):
        return words
    return str(_names()["categories"].get(category, words.title()))


def _ordered(names: Iterable[str], first: tuple[str, ...]) -> list[str]:
    given = list(dict.fromkeys(names))
    return [*(name for name in first if name in given), *(n for n in given if n not in first)]


@cache
def _models() -> tuple[str, ...]:
    # The paper has one model more than the README, and the same order.
    return tuple(dict.fromkeys(_of_paper()["model"]))


@cache
def _categories() -> dict[str, tuple[str, ...]]:
    rows = _of_paper()
    named = rows[rows["category"] != AVERAGE].groupby("dataset", sort=False)["category"]
    return {str(dataset): tuple(dict.fromkeys(names)) for dataset, names in named}


def _of_paper() -> Any:
    tables = original()
    return tables[tables["source"].str.startswith("paper")]


@cache
def _names() -> dict[str, dict[str, str]]:
    text = resources.files("iadbe.published").joinpath(_NAMES).read_text("utf-8")
    names: dict[str, dict[str, str]] = yaml.safe_load(text)
    return names
