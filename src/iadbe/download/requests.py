"""One question to a server, and what it answers before the file's bytes."""

from __future__ import annotations

import http.client
import re
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from iadbe.errors import DownloadError
from iadbe.models.weights.network import OFFLINE_VARIABLE, offline_by

TIMEOUT_S = 30.0
"""Of silence, after which a connection counts as broken."""

_PASSING = {408, 425, 429, 500, 502, 503, 504}
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


class BrokeOffError(DownloadError):
    """It may go better next time."""


class RangeError(BrokeOffError):
    """The server does not have the rest that was asked for: the file is another one now."""


@dataclass(frozen=True)
class Answer:
    """What a server says of a file before it sends it.

    Attributes:
        stream: The bytes.
        start: Position in the file of the first byte sent.
        size: Of the whole file in bytes, if the server says it.
        whole: Whether a break would be noticed: the server announces where the bytes end.
        etag: Names the version of the file.
        modified: When it was last changed, as the server writes dates.
        kind: MIME type.
        address: Where redirections led.
    """

    stream: http.client.HTTPResponse
    start: int
    size: int | None
    whole: bool
    etag: str | None
    modified: str | None
    kind: str
    address: str


@contextmanager
def ask(address: str, start: int = 0, version: str | None = None) -> Iterator[Answer]:
    """Ask for a file, or the rest of it.

    Args:
        address: http or https.
        start: Position of the first byte that is wanted.
        version: Entity tag or date of the version that the first bytes are of.

    Raises:
        BrokeOffError: If the server is silent or overloaded.
        DownloadError: If the network is forbidden or the server refuses.
    """
    check_allowed(address)
    headers = {"User-Agent": "iadbe", "Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
        headers |= {"If-Range": version} if version else {}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 (checked above)
    try:
        response = _opener().open(request, timeout=TIMEOUT_S)
    except urllib.error.HTTPError as error:
        error.close()
        raise _refusal(address, error) from error
    except (OSError, http.client.HTTPException) as error:
        raise _silence(address, error) from error
    with response:
        yield _read(response)


def check_allowed(address: str) -> None:
    """Refuse what is no web address, and any address where the network is forbidden.

    Raises:
        DownloadError: Naming the variable or the address.
    """
    if urlsplit(address).scheme not in {"http", "https"}:
        raise DownloadError(f"{address}: not an address that begins with http:// or https://.")
    if offline_by() == OFFLINE_VARIABLE:
        raise DownloadError(
            f"{OFFLINE_VARIABLE} forbids the network: unset it, or fetch {address} on another "
            "machine and give the file with --archive."
        )


def _opener() -> urllib.request.OpenerDirector:
    """Follows redirections to the web only: no ftp, no local file."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.UnknownHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


def _refusal(address: str, error: urllib.error.HTTPError) -> DownloadError:
    said = f"{address} answers {error.code} {error.reason}"
    if error.code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        return RangeError(said)
    return BrokeOffError(said) if error.code in _PASSING else DownloadError(said)


def _silence(address: str, error: Exception) -> DownloadError:
    reason = getattr(error, "reason", error)
    if isinstance(reason, ssl.SSLCertVerificationError):
        return DownloadError(f"{address}: {reason.verify_message}; is there a proxy in between?")
    return BrokeOffError(f"{urlsplit(address).netloc} cannot be reached: {reason}")


def _read(response: http.client.HTTPResponse) -> Answer:
    headers = response.headers
    length, start = headers.get("Content-Length"), 0
    size = int(length) if length is not None and length.isdigit() else None
    if response.status == HTTPStatus.PARTIAL_CONTENT:
        found = _RANGE.fullmatch(headers.get("Content-Range", ""))
        if not found:
            raise RangeError(f"{response.url} sends a part without saying which")
        start, size = int(found[1]), None if found[2] == "*" else int(found[2])
    chunked = headers.get("Transfer-Encoding", "").lower() == "chunked"
    return Answer(
        stream=response,
        start=start,
        size=size,
        whole=size is not None or chunked,
        etag=headers.get("ETag"),
        modified=headers.get("Last-Modified"),
        kind=headers.get_content_type() if "Content-Type" in headers else "",
        address=response.url,
    )
