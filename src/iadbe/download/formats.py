"""Which kind of archive bytes are the beginning of, whatever the file is called."""

from __future__ import annotations

from typing import Literal

from iadbe.errors import DownloadError

Format = Literal["zip", "gz", "xz", "bz2", "tar"]

BEGINNING = 512
"""Bytes that tell; a tar's mark is at 257."""

_MARKS: tuple[tuple[Format, int, bytes], ...] = (
    ("zip", 0, b"PK\x03\x04"),
    ("gz", 0, b"\x1f\x8b"),
    ("xz", 0, b"\xfd7zXZ\x00"),
    ("bz2", 0, b"BZh"),
    ("tar", 257, b"ustar"),
)
_PAGE = (b"<!doctype html", b"<html", b"<head", b"<?xml", b"<!--")


def archive_format(beginning: bytes, source: str) -> Format:
    """Tell the format by its mark.

    Args:
        beginning: The first `BEGINNING` bytes.
        source: Address or path, for the message.

    Raises:
        DownloadError: If it is a web page, or no zip or tar.
    """
    for name, offset, mark in _MARKS:
        if beginning[offset : offset + len(mark)] == mark:
            return name
    if is_page(beginning):
        raise DownloadError(page_message(source))
    start = beginning[:16]
    raise DownloadError(f"{source} gives no zip or tar archive: it begins with {start!r}.")


def is_page(beginning: bytes, kind: str = "") -> bool:
    """Whether this is a web page: portals and moved files answer with one in place of a file.

    Args:
        beginning: The first bytes.
        kind: MIME type that the server states.
    """
    text = beginning.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return kind in {"text/html", "application/xhtml+xml"} or text.startswith(_PAGE)


def page_message(source: str) -> str:
    """What to do about a page in place of a file."""
    return (
        f"{source} gives a web page in place of the archive: it has moved, wants a form to be "
        "filled in, or a proxy is in between. Open it in a browser."
    )
