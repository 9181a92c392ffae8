"""The group of an image, such as the number of the part that it shows, read from its path."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from iadbe.errors import ConfigError, DataError
from iadbe.layouts.found import Found, name_below


def grouped(found: Sequence[Found], base: Path, pattern: str | None) -> list[Found]:
    """Set the group of every image.

    Args:
        found: The images.
        base: Folder below which the pattern sees their paths.
        pattern: Regular expression with one group, searched in the POSIX path; None leaves all as
            they are.

    Raises:
        ConfigError: If the pattern is malformed or has no group, or more than one.
        DataError: If it does not match an image.
    """
    if pattern is None:
        return list(found)
    expression = _compiled(pattern)
    return [replace(item, group=_group(item, base, expression)) for item in found]


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        expression = re.compile(pattern)
    except re.error as error:
        message = f"option 'group': '{pattern}' is no regular expression: {error}."
        raise ConfigError(f"{message} Correct it in catalog.yml.") from error
    if expression.groups != 1:
        raise ConfigError(
            f"option 'group': '{pattern}' has {expression.groups} groups in round brackets. "
            r"Put one around what names the part, e.g. part_(\d+)_."
        )
    return expression


def _group(item: Found, base: Path, expression: re.Pattern[str]) -> str:
    name = name_below(item.path, base)
    match = expression.search(name)
    if match is None or not match[1]:
        raise DataError(
            f"{base}: the path '{name}' holds no group for '{expression.pattern}'. Correct the "
            "option `group` in catalog.yml, or rename the file."
        )
    return match[1]
