"""How much an archive may become."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from iadbe.download.space import in_words, room
from iadbe.errors import DownloadError

MOST_TIMES = 100
"""An archive of pictures unpacks to one to ten times its size; bombs to a thousand and more."""
ALWAYS = 64 * 1024**2
"""Bytes that any archive may become: a small one of plain colours packs well."""
MOST_MEMBERS = 2_000_000


@dataclass
class Limits:
    """Counts what an archive becomes, and stops it.

    Attributes:
        most: Bytes that may be written, all in all.
        why: What sets that limit, for the message.
        written: Bytes so far.
        members: Files, folders and links so far.
    """

    most: int
    why: str
    written: int = field(default=0, init=False)
    members: int = field(default=0, init=False)

    @classmethod
    def of(cls, archive: Path, folder: Path) -> Limits:
        """The limits for an archive that is unpacked into a folder."""
        most, free = max(ALWAYS, MOST_TIMES * archive.stat().st_size), room(folder)
        if free < most:
            return cls(free, f"and there is room for {in_words(max(free, 0))} only")
        return cls(most, f"over {MOST_TIMES} times its size: a bomb")

    def count_member(self) -> None:
        """One more file, folder or link.

        Raises:
            DownloadError: If there are too many.
        """
        self.members += 1
        if self.members > MOST_MEMBERS:
            raise DownloadError(f"it holds over {MOST_MEMBERS} files: a bomb")

    def count_bytes(self, size: int) -> None:
        """So many more bytes are about to be written.

        Raises:
            DownloadError: If these are too many.
        """
        self.written += size
        if self.written > self.most:
            raise DownloadError(f"it unpacks to more than {in_words(self.most)}, {self.why}")
