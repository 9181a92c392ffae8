"""A file from an address, across breaks: whole and of the right sum, or not there at all."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from iadbe.download.formats import BEGINNING, archive_format, is_page, page_message
from iadbe.download.partial import Partial, Version
from iadbe.download.progress import Progress
from iadbe.download.requests import Answer, BrokeOffError, RangeError, ask
from iadbe.download.space import check_room, in_words
from iadbe.download.sums import Sum, digits
from iadbe.errors import DownloadError

TRIES = 5
"""In a row that bring nothing new, before it is given up."""
PAUSE_S = 1.0
"""Before the second try; twice as long before each further one."""
UNPACKED = 1.2
"""Bytes that an archive of images takes unpacked, for each of its own."""

_CHUNK = 1 << 18
_NEWS = 1 << 20
"""Bytes more than ever that make a try a good one."""


@dataclass(frozen=True)
class Transfer:
    """Downloads an archive; a part of it that is already here is not asked for again.

    Attributes:
        address: http or https.
        target: The file to make. `target` with `.part` appended is kept across breaks.
        expected: Its checksum.
        progress: Is told how far it is.
    """

    address: str
    target: Path
    expected: Sum | None
    progress: Progress

    @property
    def partial(self) -> Partial:
        """The part that is here."""
        return Partial(self.target)

    def run(self) -> None:
        """Download until the file is whole.

        Raises:
            DownloadError: If the server refuses, gives up, or sends something else.
        """
        resumed = self.partial.version(self.address) is not None
        self._persist()
        if (found := self._wrong_sum()) is not None:
            self.partial.discard()
            if not resumed:
                raise DownloadError(found)
            # An earlier break may have damaged the first part: once from the beginning.
            self.progress.say("The resumed file has another checksum; it is downloaded afresh.")
            self.run()
        else:
            self.partial.finish()

    def _wrong_sum(self) -> str | None:
        """What to say of the checksum; None if it is right, or nothing is known."""
        if self.expected is None:
            return None
        found = digits(self.partial.file, self.expected.algorithm, self.progress)
        if found == self.expected.digits:
            return None
        return (
            f"{self.address} gives a file with {self.expected.algorithm} {found}, expected "
            f"{self.expected.digits}: it was changed or damaged, and is deleted. Look at the "
            "dataset's page; if its authors publish another file, give its sum with --sha256."
        )

    def _persist(self) -> None:
        """Try again after breaks, with ever longer pauses, as long as it gets on."""
        most, fails = self.partial.size, 0
        while True:
            try:
                return self._attempt()
            except BrokeOffError as error:
                if self.partial.size >= most + _NEWS:
                    most, fails = self.partial.size, 0
                fails += 1
                if fails >= TRIES:
                    told = f"{error}; given up after {fails} tries. {kept(self.partial)}"
                    raise DownloadError(told) from error
                pause = PAUSE_S * 2 ** (fails - 1)
                self.progress.say(f"{error}; trying again in {pause:.0f} s.")
            time.sleep(pause)

    def _attempt(self) -> None:
        version = self.partial.version(self.address)
        if version and not (version.is_marked or self.expected):
            version = None  # a file that changed meanwhile could not be told: start over
        start = self.partial.size if version else 0
        if version and version.size == start:
            return
        try:
            with ask(self.address, start, version.mark if version else None) as answer:
                self._receive(answer, start)
        except RangeError:
            self.partial.discard()
            raise

    def _receive(self, answer: Answer, start: int) -> None:
        self._check_continues(answer, start)
        with _reading(answer):
            beginning = answer.stream.read(BEGINNING)
        self._refuse_other(answer, beginning)
        left = (answer.size or 0) - answer.start
        needed = max(left, 0) + int(UNPACKED * (answer.size or 0))
        check_room(self.target.parent, needed, "the archive with what it holds")
        if not answer.start:
            self.partial.begin(Version.of(self.address, answer))
        self.progress.begin("downloading", answer.size, answer.start)
        self._append(answer, beginning)
        if answer.size is not None and self.partial.size != answer.size:
            sizes = f"{in_words(self.partial.size)} of {in_words(answer.size)}"
            raise BrokeOffError(f"{self.address} broke off after {sizes}")

    def _check_continues(self, answer: Answer, start: int) -> None:
        """A server may ignore If-Range and send the rest of a file that has changed."""
        if answer.start not in {0, start}:
            raise RangeError(f"{self.address} sends the file from another byte than asked for")
        version = Version.of(self.address, answer)
        if answer.start and self.partial.version(self.address) != version:
            raise RangeError(f"{self.address} has changed since its first part was downloaded")

    def _refuse_other(self, answer: Answer, beginning: bytes) -> None:
        """Before a byte is written: an earlier part survives a portal's page."""
        if not beginning:
            raise BrokeOffError(f"{answer.address} sends nothing")
        if is_page(b"" if answer.start else beginning, answer.kind):
            raise DownloadError(page_message(answer.address))
        if not answer.start:
            archive_format(beginning, answer.address)
        if not (answer.whole or self.expected):
            raise DownloadError(
                f"{answer.address} does not say how long the file is, so a break would go "
                "unnoticed: give its checksum with --sha256."
            )

    def _append(self, answer: Answer, beginning: bytes) -> None:
        try:
            with self.partial.file.open("ab") as file:
                for chunk in _chunks(answer, beginning):
                    file.write(chunk)
                    file.flush()  # a run that is killed keeps it, too
                    self.progress.advance(len(chunk))
        except OSError as error:
            reason = error.strerror or error
            raise DownloadError(f"{self.partial.file}: {reason}. {kept(self.partial)}") from error


def kept(partial: Partial) -> str:
    """What is here of a file, and what to do with it."""
    return f"{in_words(partial.size)} are kept: run the same again to go on from there."


def _chunks(answer: Answer, beginning: bytes) -> Iterator[bytes]:
    chunk = beginning
    while chunk:
        yield chunk
        with _reading(answer):
            chunk = answer.stream.read1(_CHUNK)


@contextmanager
def _reading(answer: Answer) -> Iterator[None]:
    """What goes wrong while reading is the network's fault."""
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        raise BrokeOffError(f"{answer.address} broke off: {error}") from error
