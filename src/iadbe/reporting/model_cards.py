"""What a reader must know of the models before trusting or shipping one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from iadbe.errors import PluginError
from iadbe.models.card import Card, Expected, card_of
from iadbe.models.registry import load_plugin
from iadbe.reporting.formats import score

CODE_LICENCE, WEIGHTS_LICENCE = "Licence of the code", "Licence of the weights"


class ModelCard(NamedTuple):
    """A model with its card as lines of label and text; `url` is that of the paper."""

    model: str
    title: str
    url: str | None
    lines: list[tuple[str, str]]


def model_cards(runs: pd.DataFrame, entries: Mapping[str, Any]) -> list[ModelCard]:
    """The cards of a matrix' models, in its order; a model of which nothing is known has none.

    Args:
        runs: One row a cell (`iadbe.schemas.RunsSchema`).
        entries: Model name to what its entry's `card` says, as plain data.
    """
    plugins = runs.drop_duplicates("model").set_index("model")["plugin"]
    known = [(str(n), _card(plugin, entries.get(str(n)) or {})) for n, plugin in plugins.items()]
    return [_shown(name, card) for name, card in known if card.model_fields_set]


def _card(plugin: str, entry: Mapping[str, Any]) -> Card:
    own = Card.model_validate(entry)
    try:
        return card_of(load_plugin(plugin), own)
    except PluginError:
        return own


def _shown(model: str, card: Card) -> ModelCard:
    published = "; ".join(map(_expected, card.expected))
    lines = [
        ("Paper", card.paper),
        ("Year", str(card.year) if card.year else None),
        (CODE_LICENCE, card.code_licence),
        (WEIGHTS_LICENCE, card.weights_licence),
        ("Backbone", card.backbone),
        ("Same seed, same scores", None if card.deterministic else "no"),
        ("Published results", published),
        ("Known traps", " ".join(card.traps)),
    ]
    return ModelCard(model, card.title or model, card.url, [(k, v) for k, v in lines if v])


def _expected(result: Expected) -> str:
    where = f"{result.metric} {score(result.value)} on {result.dataset} ({result.source}"
    return f"{where}, {result.setting})" if result.setting else f"{where})"
