"""Checks of a model's class: its members, its parameters, and what importing it costs."""

from __future__ import annotations

import types
from pathlib import Path
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from iadbe.models.card import Card
from iadbe.models.stand_ins import stand_ins
from iadbe.models.structure import contract_problems, optional_problems
from iadbe.models.weights.requirement import Weights
from iadbe.testing.import_cost import LIMIT_S, import_cost
from iadbe.testing.subject import CheckFailedError, Subject


class _OfNoType:
    """A value that no declared type accepts."""

    def __repr__(self) -> str:
        return "<a value of the wrong type>"


def contract_members(subject: Subject) -> None:
    """The class has every member of the contract."""
    if problems := list(contract_problems(subject.model_class)):
        raise CheckFailedError("; ".join(problems))


def optional_members(subject: Subject) -> None:
    """Weights, stand-ins and card are well-formed where the class has them."""
    model_class: Any = subject.model_class
    if problems := list(optional_problems(model_class)):
        raise CheckFailedError("; ".join(problems))
    if hasattr(model_class, "weights"):
        _check_weights(model_class.weights(subject.params))
    if not all(isinstance(name, str) and name for name in stand_ins(model_class, subject.params)):
        raise CheckFailedError("stand_ins() must return a list of the weights' names")
    if (card := getattr(model_class, "card", None)) is not None:
        _check_card(card)


def _check_card(card: Card) -> None:
    """A card that was made past pydantic's checks is checked here."""
    try:
        Card.model_validate(card.model_dump(warnings=False))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise CheckFailedError(
            f"card.{key}: {first['msg']}, not {first['input']!r}: make it with Card(...)"
        ) from error


def _check_weights(declared: object) -> None:
    if not (isinstance(declared, list) and all(isinstance(each, Weights) for each in declared)):
        raise CheckFailedError(
            f"weights() returns {declared!r}: return a list made with timm_weights, "
            "torchvision_weights, hub_weights or url_file of iadbe.models.weights"
        )
    for each in declared:
        if not each.name or Path(each.file).name != each.file:
            raise CheckFailedError(
                f"weights() names the file {each.file!r} of {each.name!r}: give every one a name, "
                "and its file without a folder"
            )
    names = [each.name for each in declared]
    if twice := {name for name in names if names.count(name) > 1}:
        raise CheckFailedError(f"weights() lists {', '.join(sorted(twice))} twice: name each once")


def imports_light(subject: Subject) -> None:
    """Importing the module imports no deep learning library."""
    module = subject.model_class.__module__
    if found := import_cost(module).heavy:
        raise CheckFailedError(
            f"importing {module} imports {', '.join(found)}: move those imports into the methods, "
            "or listing models takes seconds"
        )


def imports_fast(subject: Subject) -> None:
    """Importing the module takes less than a second, beside what every plugin imports."""
    module = subject.model_class.__module__
    if (seconds := import_cost(module).seconds) > LIMIT_S:
        raise CheckFailedError(
            f"importing {module} takes {seconds:.1f} s of processor time, more than {LIMIT_S:g}: "
            "move slow imports and computations into the methods"
        )


def params_refuse_unknown_keys(subject: Subject) -> None:
    """A mistyped parameter is an error, not silence."""
    if not _refuses(subject, {"no_such_parameter": 1}):
        raise CheckFailedError("Params accepts an unknown key: set ConfigDict(extra='forbid')")


def params_refuse_wrong_types(subject: Subject) -> None:
    """Each parameter refuses a value of a type that it does not declare."""
    params: type[BaseModel] = subject.model_class.Params
    accepted = [
        name
        for name, field in params.model_fields.items()
        if not _takes_anything(field.annotation)
        and not _refuses(subject, {_key(name, field): _OfNoType()})
    ]
    if accepted:
        raise CheckFailedError(
            f"Params accepts any value for {', '.join(accepted)}: let pydantic check the declared "
            "type, and raise ValueError in validators of your own"
        )


def _refuses(subject: Subject, wrong: dict[str, Any]) -> bool:
    """Whether the parameters with something wrong in them are refused as pydantic does."""
    try:
        subject.model_class.Params.model_validate({**subject.given, **wrong})
    except ValidationError:
        return True
    except Exception as error:
        raise CheckFailedError(
            f"Params raises {type(error).__name__} for a wrong value of {next(iter(wrong))}: "
            "validators must raise ValueError, or run after pydantic's own (mode='after')"
        ) from error
    return False


def _key(name: str, field: FieldInfo) -> str:
    return field.alias or name


def _takes_anything(annotation: Any) -> bool:
    """Whether a type is `Any`, or a union with it: then every value is of the right type."""
    if get_origin(annotation) in (Union, types.UnionType):
        return any(map(_takes_anything, get_args(annotation)))
    return annotation in (Any, object)
