"""Turn a mistake in the configuration into one line: file, key, what is allowed."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

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

    Raises:
        ConfigError: For a model without an entry, or an entry with a mistake.
    """
    if not isinstance(raw, dict):
        raise ConfigError(f"{models_file}: model: a mapping of names to entries, not {raw!r}.")
    entries: dict[str, ModelEntry] = {}
    for name in wanted:
        if name not in raw:
            known = did_you_mean(name, sorted(raw))
            raise ConfigError(f"{benchmark_file}: models: {name!r} has no entry; {known}.")
        try:
            entries[name] = ModelEntry.model_validate(raw[name])
        except ValidationError as error:
            raise ConfigError(_lines(error, models_file, ModelEntry, f"model.{name}")) from error
    return entries


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
    if detail["type"] == "extra_forbidden":
        known = did_you_mean(str(detail["loc"][-1]), list(schema.model_fields))
        return f"{file}: {location}: no such key; {known}."
    given = "" if detail["type"] == "missing" else f", not {detail['input']!r}"
    field = schema.model_fields.get(str(detail["loc"][0])) if detail["loc"] else None
    about = f" ({field.description})" if field is not None and field.description else ""
    return f"{file}: {location}: {detail['msg']}{given}{about}."
