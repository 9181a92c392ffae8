"""`manifest.json`: what a folder of weights holds, with sums, origins and licences."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from iadbe.errors import WeightsError

MANIFEST, LICENCES = "manifest.json", "LICENCES.md"

_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+=@-]{0,199}")

_NOT_STATED = "not stated; clear it with its origin before you use the weights"


def check_file_name(name: str) -> str:
    """Let through a name without folders: nothing may be written outside the folder of weights.

    Raises:
        WeightsError: If it is another one, or the name of the manifest itself.
    """
    if not _FILE_NAME.fullmatch(name) or name in {MANIFEST, LICENCES}:
        raise WeightsError(f"{name!r} is not a plain file name of weights")
    return name


class PackedFile(BaseModel):
    """One file of weights in a folder."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1)
    file: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(ge=0, description="bytes")
    licence: str | None = None
    origin: str

    @field_validator("file")
    @classmethod
    def _is_a_plain_name(cls, value: str) -> str:
        try:
            return check_file_name(value)
        except WeightsError as error:
            raise ValueError(str(error)) from error


class Manifest(BaseModel):
    """All files of weights in a folder."""

    model_config = ConfigDict(extra="forbid")

    format: Literal[1] = 1
    files: list[PackedFile]

    @field_validator("files")
    @classmethod
    def _names_each_file_once(cls, value: list[PackedFile]) -> list[PackedFile]:
        names = [entry.file for entry in value]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"names {', '.join(twice)} twice")
        return value

    def write(self, folder: Path) -> None:
        """Write `manifest.json` and, for people, `LICENCES.md`."""
        (folder / LICENCES).write_text(self._licences(), encoding="utf-8")
        # The manifest appears whole or not at all; a folder without one holds nothing.
        partial = folder / f".{MANIFEST}.partial"
        partial.write_text(self.model_dump_json(indent=2) + "\n", encoding="utf-8")
        partial.replace(folder / MANIFEST)

    def _licences(self) -> str:
        lines = ["# Licences of these weights", "", "| weights | file | licence | origin |"]
        lines.append("|---|---|---|---|")
        for entry in self.files:
            licence = entry.licence or _NOT_STATED
            lines.append(f"| {entry.name} | {entry.file} | {licence} | {entry.origin} |")
        return "\n".join(lines) + "\n"


def read(folder: Path) -> Manifest:
    """The manifest of a folder.

    Raises:
        WeightsError: If there is none, or it says what no manifest of ours would say.
    """
    file = folder / MANIFEST
    if not folder.is_dir() or not file.is_file() or file.is_symlink():
        raise WeightsError(f"{folder} holds no {MANIFEST}: give the folder that `pack` wrote")
    try:
        return Manifest.model_validate_json(file.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "content"
        raise WeightsError(f"{file} is not as it was packed: {where}: {first['msg']}") from error
