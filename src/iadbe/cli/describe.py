"""What a model is and takes, as text of the width of the terminal."""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Union, get_args, get_origin

import click
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from iadbe.cli.model_facts import ModelFacts
from iadbe.cli.model_table import UNKNOWN
from iadbe.models.card import Expected
from iadbe.models.registry import find
from iadbe.models.stand_ins import stand_ins
from iadbe.models.weights.requirement import Weights

SECTION = re.compile(r"\n\n(?:Args|Attributes|Raises|Returns|Examples?):\n")
"""Where the sections of a Google-style docstring begin; users of the command line need none."""


def describe(facts: ModelFacts) -> str:
    """Describe a plugin, or a model that is configured to use it.

    Args:
        facts: What is known of it.
    """
    text = click.HelpFormatter()
    text.write_dl(list(_summary(facts)))
    text.write_paragraph()
    text.write_text(SECTION.split(inspect.getdoc(facts.plugin) or "")[0])
    if facts.card.expected:
        with text.section("Expected results"):
            text.write_dl([_expected(result) for result in facts.card.expected])
    if facts.card.traps:
        with text.section("Known traps"):
            text.write_dl([("-", trap) for trap in facts.card.traps])
    if parameters := list(_parameters(facts.plugin.Params, facts.entry.params)):
        with text.section("Parameters"):
            text.write_dl(parameters)
    return text.getvalue().rstrip()


def _summary(facts: ModelFacts) -> Iterator[tuple[str, str]]:
    card, model = facts.card, facts.model
    plugin = facts.entry.plugin
    yield facts.name, f"plugin {plugin} of {find(plugin).origin}"
    yield "method", card.title or UNKNOWN
    yield "paper", card.paper or UNKNOWN
    yield "year", str(card.year or UNKNOWN)
    yield "url", card.url or UNKNOWN
    yield "licence of code", card.code_licence or UNKNOWN
    yield "licence of weights", card.weights_licence or UNKNOWN
    yield "supervision", model.supervision
    yield "localizes", "yes, gives anomaly maps" if model.localizes else "no, image scores only"
    yield "backbone", card.backbone or UNKNOWN
    yield "weights", _weights(facts)
    yield "stand-ins", _stand_ins(facts)
    yield "deterministic", "yes" if card.deterministic else "no, scores differ from run to run"


def _weights(facts: ModelFacts) -> str:
    """What the model declares; whether it is on this machine is not looked up."""
    if not hasattr(facts.plugin, "weights") or facts.params is None:
        return UNKNOWN
    declared: list[Weights] = facts.plugin.weights(facts.params)
    return "; ".join(map(_file, declared)) or "none"


def _file(weights: Weights) -> str:
    size = f"{weights.megabytes:g} MB" if weights.megabytes else None
    return ", ".join(filter(None, [f"{weights.name} as {weights.file}", size, weights.licence]))


def _stand_ins(facts: ModelFacts) -> str:
    names = stand_ins(facts.plugin, facts.params) if facts.params is not None else []
    return f"random weights for {', '.join(names)}: never ranked" if names else "none"


def _expected(result: Expected) -> tuple[str, str]:
    where = ", ".join(filter(None, [result.dataset, result.setting]))
    return f"{result.metric} {result.value:g}", f"on {where}; {result.source}"


def _parameters(params: type[BaseModel], here: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    documented = dict(_attributes(inspect.getdoc(params) or ""))
    for name, field in params.model_fields.items():
        about = field.description or documented.get(name, "")
        given = [f"here {here[name]!r}"] if name in here else []
        facts = ", ".join([_type_name(field.annotation), _default(field), *given])
        yield name, f"({facts}) {about}".strip()


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    return f"default {field.get_default(call_default_factory=True)!r}"


def _attributes(docstring: str) -> Iterator[tuple[str, str]]:
    """Name and text of the entries below `Attributes:` in a Google-style docstring."""
    _, _, section = docstring.partition("\nAttributes:\n")
    for entry in re.finditer(r"^    (\w+):(.*(?:\n {5,}.*)*)", section, re.MULTILINE):
        yield entry[1], " ".join(entry[2].split())


def _type_name(annotation: Any) -> str:
    """`Optional[Annotated[int, Gt(gt=0)]]` → `int | None`."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type_name(parts[0])
    if origin in (Union, types.UnionType):
        return " | ".join(_type_name(part) for part in parts)
    if annotation is types.NoneType:
        return "None"
    plain = isinstance(annotation, type) and not parts
    return annotation.__name__ if plain else str(annotation).replace("typing.", "")
