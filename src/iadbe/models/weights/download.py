"""A file from an address: whole, of the right sum, and under its name only when it is both."""

from __future__ import annotations

import hashlib
import http.client
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO, Any

from iadbe.models.weights.network import check_answers
from iadbe.models.weights.unavailable import UnavailableError

_CHUNK = 1 << 20
_TIMEOUT_S = 30.0
"""Of silence in the middle of a download."""


def download(address: str, target: Path, sha256: str | None = None) -> Path:
    """Fetch a file and give it its name in one step.

    Args:
        address: http or https.
        target: The file to make; its folder need not exist.
        sha256: Its sum, or the beginning of it, in hexadecimal digits.

    Returns:
        `target`.

    Raises:
        UnavailableError: If the host is silent, the file is not there, broke off, is a page of
            HTML, or its sum is another. Nothing is left behind.
    """
    check_answers(address)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".partial-", dir=target.parent) as scratch:
        partial = Path(scratch) / target.name
        try:
            _fetch(address, partial, sha256)
        except urllib.error.HTTPError as error:
            raise UnavailableError(f"{address} answers {error.code} {error.reason}") from error
        except (OSError, http.client.HTTPException) as error:
            raise UnavailableError(f"{address} broke off: {error}") from error
        partial.replace(target)
    return target


def _fetch(address: str, partial: Path, sha256: str | None) -> None:
    request = urllib.request.Request(address, headers={"User-Agent": "iadbe"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310
        with partial.open("wb") as file:
            received, found = _copy(answer, file)
        expected = answer.headers.get("Content-Length")
        kind = answer.headers.get_content_type()
    if expected is not None and received != int(expected):
        raise UnavailableError(f"{address} broke off after {received} of {expected} bytes")
    if kind == "text/html" or not received or _is_page(partial):
        raise UnavailableError(f"{address} gives a web page or nothing in place of the file")
    if sha256 is not None and not found.startswith(sha256.lower()):
        raise UnavailableError(f"{address} gives a file with sha256 {found}, not {sha256}")


def _copy(source: IO[bytes] | Any, target: IO[bytes]) -> tuple[int, str]:
    received, digest = 0, hashlib.sha256()
    while chunk := source.read(_CHUNK):
        received += len(chunk)
        digest.update(chunk)
        target.write(chunk)
    return received, digest.hexdigest()


def _is_page(file: Path) -> bool:
    """Captive portals and proxies answer 200 with a page, whatever was asked for."""
    with file.open("rb") as stream:
        beginning = stream.read(256).lstrip().lower()
    return beginning.startswith((b"<!doctype html", b"<html"))
