"""A server on 127.0.0.1 that stands in for the Hugging Face hub and for any other file server."""

from __future__ import annotations

import hashlib
import http.server
import re
import threading
from dataclasses import dataclass, field

COMMIT = "0123456789abcdef0123456789abcdef01234567"
PAGE = b"<!DOCTYPE html><html><body>Please log in to the guest network.</body></html>"


@dataclass
class Stored:
    """A file and how it is (not) handed out.

    `sends` is how many bytes of the body are sent before the connection breaks, at most `breaks`
    times; `etag` is what the hub says the content's sum is; `status` replaces 200.
    """

    content: bytes
    status: int = 200
    sends: int | None = None
    breaks: int = 10**6
    kind: str = "application/octet-stream"
    etag: str = ""
    error: str = ""

    def __post_init__(self):
        self.etag = self.etag or hashlib.sha256(self.content).hexdigest()


@dataclass
class StandIn:
    """`files` by path, `asked` the requests so far."""

    address: str = ""
    files: dict[str, Stored] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def put(self, path: str, content: bytes, **how) -> str:
        """Serve a file at a path of its own; return its address."""
        self.files[f"/{path}"] = Stored(content, **how)
        return f"{self.address}/{path}"

    def publish(self, repository: str, file: str, content: bytes, **how) -> None:
        """Serve a file of a hub's repository."""
        self.put(f"{repository}/resolve/main/{file}", content, **how)

    def fetched(self) -> list[str]:
        return [line.removeprefix("GET ") for line in self.asked if line.startswith("GET ")]


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers from the files of its server's stand-in."""

    def do_HEAD(self):
        self._answer(body=False)

    def do_GET(self):
        self._answer(body=True)

    def log_message(self, *_):
        pass

    def _answer(self, body):
        self.server.stand_in.asked.append(f"{self.command} {self.path}")
        path = self.path.replace(f"/resolve/{COMMIT}/", "/resolve/main/")
        stored = self.server.stand_in.files.get(path)
        if stored is None:
            on_a_hub = re.match(r"/[^/]+/[^/]+/resolve/", path)
            stored = Stored(b"no such file", 404, error="EntryNotFound" if on_a_hub else "")
        start = self._start()
        self._send_headers(stored, start)
        if body:
            self._send_body(stored, stored.content[start:])

    def _start(self):
        given = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range") or "")
        return int(given[1]) if given else 0

    def _send_headers(self, stored, start):
        total = len(stored.content)
        self.send_response(206 if start else stored.status)
        self.send_header("Content-Type", stored.kind)
        self.send_header("Content-Length", str(total - start))
        self.send_header("ETag", f'"{stored.etag}"')
        self.send_header("X-Repo-Commit", COMMIT)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
        if stored.error:
            self.send_header("X-Error-Code", stored.error)
        self.end_headers()

    def _send_body(self, stored, content):
        if stored.sends is None or stored.breaks <= 0:
            self.wfile.write(content)
            return
        stored.breaks -= 1
        self.wfile.write(content[: stored.sends])
        self.close_connection = True


class Server(http.server.ThreadingHTTPServer):
    """Knows its stand-in."""

    stand_in: StandIn


def serve(stand_in: StandIn) -> Server:
    """Start serving; shut the result down and close it in the end."""
    server = Server(("127.0.0.1", 0), Handler)
    server.stand_in = stand_in
    stand_in.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server
