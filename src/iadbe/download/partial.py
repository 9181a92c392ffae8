"""A file that has not come whole yet, and notes on what it is the beginning of."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from iadbe.download.requests import Answer


@dataclass(frozen=True)
class Version:
    """Which file it is, so that the rest of another one is never appended.

    Attributes:
        address: As asked for, before redirections.
        etag: The server's name of the version.
        modified: The server's date of the version.
        size: Of the whole file in bytes.
    """

    address: str
    etag: str | None
    modified: str | None
    size: int | None

    @classmethod
    def of(cls, address: str, answer: Answer) -> Version:
        """The version that a server is about to send."""
        return cls(address, answer.etag, answer.modified, answer.size)

    @property
    def mark(self) -> str | None:
        """What `If-Range` may carry: a strong entity tag, else the date (RFC 9110, 13.1.5)."""
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return self.modified

    @property
    def is_marked(self) -> bool:
        """Whether a changed file of the same size could be told from this one."""
        return bool(self.etag or self.modified)


class Partial:
    """`NAME.part` with the first bytes, and `NAME.part.json` with its `Version`.

    Args:
        target: The file that it becomes.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self.file = target.with_name(f"{target.name}.part")
        self._notes = target.with_name(f"{target.name}.part.json")

    @property
    def size(self) -> int:
        """Bytes that are here."""
        return self.file.stat().st_size if self.file.is_file() else 0

    def version(self, address: str) -> Version | None:
        """What the bytes are of; None if there are none, or they came from another address."""
        if not self.size:
            return None
        try:
            version = Version(**json.loads(self._notes.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return version if version.address == address else None

    def begin(self, version: Version) -> None:
        """Start over with a file of this version."""
        self.discard()
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self._notes.write_text(json.dumps(asdict(version)), "utf-8")
        self.file.touch()

    def finish(self) -> None:
        """Give the whole file its name."""
        with self.file.open("rb") as file:
            os.fsync(file.fileno())
        self.file.replace(self.target)
        self._notes.unlink(missing_ok=True)

    def discard(self) -> None:
        """Forget the bytes."""
        self.file.unlink(missing_ok=True)
        self._notes.unlink(missing_ok=True)
