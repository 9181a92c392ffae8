"""Whether a file is the one that its publisher meant."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from iadbe.download.progress import Progress
from iadbe.errors import ConfigError

_LENGTHS = {"sha256": 64, "md5": 32}
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Sum:
    """An official checksum.

    Attributes:
        algorithm: `sha256`; `md5` where nothing better is published: it finds damage, not malice.
        digits: Hexadecimal.
    """

    algorithm: str
    digits: str

    def __post_init__(self) -> None:
        wanted = _LENGTHS[self.algorithm]
        if len(self.digits) != wanted or set(self.digits) - set("0123456789abcdef"):
            raise ConfigError(f"{self.digits!r} is no {self.algorithm}: {wanted} digits 0-9a-f.")

    def __str__(self) -> str:
        return f"{self.algorithm} {self.digits}"


def digits(file: Path, algorithm: str, progress: Progress) -> str:
    """The checksum of a file in hexadecimal digits."""
    digest = hashlib.new(algorithm, usedforsecurity=False)
    progress.begin("checking", file.stat().st_size)
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            progress.advance(len(chunk))
    return digest.hexdigest()
