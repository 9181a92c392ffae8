"""Turn a mistake in the configuration into one line: file, key, what is allowed."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from iadbe.benchmark.selection import did_you_mean
from iadbe.benchmark.spec import BenchmarkSpec, ModelEntry
from iadbe.errors import ConfigError


def check_benchmark(raw: dict[str, Any], file: str) -> BenchmarkSpec:
    """Validate `benchmark.yml`.

    Raises:
        ConfigError: Naming file, key and the allowed keys or values, one line a mistake.
    """
    try:
        return BenchmarkSpec.model_validate(raw)
    except ValidationError as error:
        raise ConfigError(_lines(error, file, BenchmarkSpec)) from error


def check_models(
    raw: dict[str, Any], wanted: list[str], benchmark_file: str, models_file: str
) -> dict[str, ModelEntry]:
    """Validate the entries of the models that the benchmark names.

    A plugin needs no entry: its name stands for the plugin with its default parameters.

    Raises:
        ConfigError: For a name that is neither an entry nor a plugin, or an entry with a mistake.
    """
    if not isinstance(raw, dict):
        raise ConfigError(f"{models_file}: model: a mapping of names to entries, not {raw!r}.")
    entries: dict[str, ModelEntry] = {}
    for name in wanted:
        if name in raw:
            entries[name] = check_entry(raw[name], name, models_file)
        else:
            entries[name] = _plugin_alone(name, sorted(raw), benchmark_file)
    return entries


def check_protocol(spec: BenchmarkSpec, entries: dict[str, ModelEntry], file: str) -> None:
    """Refuse a recipe that sees test data unless the protocol is the papers'.

    Raises:
        ConfigError: Naming the model and what it would see.
    """
    for name, entry in entries.items():
        if spec.protocol == "clean" and entry.leakage != "none":
            raise ConfigError(
                f"{file}: models: {name!r} makes use of test data ({entry.leakage}), which the "
                "protocol `clean` forbids; take it out, or run with --params protocol=paper."
            )


def check_entry(raw: Any, name: str, file: str) -> ModelEntry:
    """Validate one entry below `model:`.

    Raises:
        ConfigError: Naming file, key and the allowed keys or values, one line a mistake.
    """
    try:
        return ModelEntry.model_validate(raw)
    except ValidationError as error:
        raise ConfigError(_lines(error, file, ModelEntry, f"model.{name}")) from error


def _plugin_alone(name: str, configured: list[str], file: str) -> ModelEntry:
    from iadbe.models.registry import names

    plugins = names()
    if name in plugins:
        return ModelEntry(plugin=name)
    known = did_you_mean(name, sorted({*configured, *plugins}))
    raise ConfigError(f"{file}: models: {name!r} has no entry and is no plugin; {known}.")


def check_runtime_params(given: dict[str, Any], known: list[str]) -> None:
    """Refuse a `--params` key that nothing reads.

    Raises:
        ConfigError: With the keys that are read.
    """
    for key in given:
        if str(key).split(".")[0] not in known:
            raise ConfigError(f"--params {key}: no such parameter; {did_you_mean(key, known)}.")


def _lines(error: ValidationError, file: str, schema: type[BaseModel], prefix: str = "") -> str:
    return "\n".join(_line(detail, file, schema, prefix) for detail in error.errors())


def _line(detail: Any, file: str, schema: type[BaseModel], prefix: str) -> str:
    location = ".".join(str(part) for part in (prefix, *detail["loc"]) if part != "")
    inner, field = _innermost(schema, detail["loc"])
    if detail["type"] == "extra_forbidden":
        known = did_you_mean(str(detail["loc"][-1]), list(inner.model_fields))
        return f"{file}: {location}: no such key; {known}."
    given = "" if detail["type"] == "missing" else f", not {detail['input']!r}"
    about = f" ({field.description})" if field is not None and field.description else ""
    return f"{file}: {location}: {detail['msg']}{given}{about}."


def _innermost(
    schema: type[BaseModel], location: tuple[Any, ...]
) -> tuple[type[BaseModel], FieldInfo | None]:
    """The schema whose keys the last part of a location is among, and the last field on the way."""
    field: FieldInfo | None = None
    for part in location:
        if part in schema.model_fields:
            field = schema.model_fields[part]
            schema = _schema_in(field.annotation) or schema
    return schema, field


def _schema_in(annotation: Any) -> type[BaseModel] | None:
    """`Card | None` → `Card`, `tuple[Expected, ...]` → `Expected`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_schema_in, get_args(annotation))), None)
