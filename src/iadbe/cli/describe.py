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

from iadbe.models.protocol import AnomalyModel

SECTION = re.compile(r"\n\n(?:Args|Attributes|Raises|Returns|Examples?):\n")
"""Where the sections of a Google-style docstring begin; users of the command line need none."""


def describe(
    name: str, origin: str, model: AnomalyModel | type[AnomalyModel], here: Mapping[str, Any]
) -> str:
    """Describe a plugin, or a model that is configured to use it.

    Args:
        name: Of the model or plugin.
        origin: The plugin with its package and version.
        model: The plugin, or an instance of it.
        here: The parameters that the configuration gives.
    """
    text = click.HelpFormatter()
    maps = "yes, gives anomaly maps" if model.localizes else "no, image scores only"
    text.write_dl([(name, origin), ("supervision", model.supervision), ("localizes", maps)])
    text.write_paragraph()
    plugin = model if isinstance(model, type) else type(model)
    text.write_text(SECTION.split(inspect.getdoc(plugin) or "")[0])
    with text.section("Parameters"):
        text.write_dl(list(_parameters(plugin.Params, here)))
    return text.getvalue().rstrip()


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
