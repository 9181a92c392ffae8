"""A web server on 127.0.0.1 that misbehaves on request."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """A file on the server, and how it is sent."""

    content: bytes
    etag: str | None = '"one"'
    modified: str | None = None
    kind: str = "application/octet-stream"
    ranges: bool = True
    if_range: bool = True
    length: bool = True
    shift: int = 0
    """Parts begin so many bytes behind the one that was asked for."""
    chunked: bool = False
    location: str | None = None
    statuses: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    """Bytes after which the next answers break off; later ones are whole."""
    hold: threading.Event | None = None
    """Where an answer breaks off, it waits for this first."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append((self.path, self.headers.get("Range")))
        self.server.marks.append(self.headers.get("If-Range"))
        page = self.server.pages.get(self.path)
        self.close_connection = True
        if page is None or page.statuses:
            self.send_error(404 if page is None else page.statuses.pop(0))
            return
        if page.location:
            self.send_response(302)
            self.send_header("Location", page.location)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self._send(page)

    def _send(self, page):
        start = self._start(page)
        if start >= len(page.content) and start:
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(page.content)}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = page.content[start:]
        self._head(page, start, body)
        stop = page.breaks.pop(0) if page.breaks else None
        sent = body if stop is None else body[:stop]
        if page.chunked:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(sent), sent))
            self.wfile.write(b"0\r\n\r\n" if stop is None else b"")
        else:
            self.wfile.write(sent)
        self.wfile.flush()
        if stop and page.hold:
            page.hold.wait(60)

    def _start(self, page):
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        version = self.headers.get("If-Range")
        other = page.if_range and version and version not in {page.etag, page.modified}
        return int(asked[1]) + page.shift if asked and page.ranges and not other else 0

    def _head(self, page, start, body):
        self.send_response(206 if start else 200)
        whole = len(page.content)
        given = {
            "Content-Type": page.kind,
            "ETag": page.etag,
            "Last-Modified": page.modified,
            "Content-Range": f"bytes {start}-{whole - 1}/{whole}" if start else None,
            "Transfer-Encoding": "chunked" if page.chunked else None,
            "Content-Length": str(len(body)) if page.length and not page.chunked else None,
            "Connection": "close",
        }
        for name, value in given.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages, self.asked, self.marks = {}, [], []

    def put(self, path, content, **behaviour):
        """Serve bytes at a path, and return the address."""
        self.pages[path] = Page(content, **behaviour)
        return f"http://127.0.0.1:{self.server_port}{path}"


@contextmanager
def serving():
    """A server that runs meanwhile."""
    server = Server()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
