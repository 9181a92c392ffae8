"""A server on 127.0.0.1 that answers as the Hugging Face hub does for datasets."""

from __future__ import annotations

import hashlib
import http.server
import json
import threading
from dataclasses import dataclass, field

COMMIT = "0123456789abcdef0123456789abcdef01234567"
NEWER = "fedcba9876543210fedcba9876543210fedcba98"


@dataclass
class DatasetHub:
    """`files` of one repository by path; `newest` is the commit of its branch main."""

    name: str = "acme/screws"
    files: dict[str, bytes] = field(default_factory=dict)
    newest: str = COMMIT
    forbidden: set[str] = field(default_factory=set)
    address: str = ""
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> tuple[int, bytes, dict[str, str]]:
        """Status, body and headers."""
        path, _, _ = path.partition("?")
        api, files = f"/api/datasets/{self.name}", f"/datasets/{self.name}/resolve/"
        if path.startswith(files):
            return self._file(*path.removeprefix(files).split("/", 1))
        if path.startswith(f"{api}/tree/"):
            return 200, json.dumps([self._entry(name) for name in self.files]).encode(), {}
        if path == api or path.startswith(f"{api}/revision/"):
            return self._revision(path.removeprefix(api).removeprefix("/revision/") or "main")
        return (200, b"", {}) if path == "/" else (404, b"{}", {"X-Error-Code": "RepoNotFound"})

    def _revision(self, name: str) -> tuple[int, bytes, dict[str, str]]:
        if name not in {"main", COMMIT, NEWER}:
            return 404, b"{}", {"X-Error-Code": "RevisionNotFound"}
        commit = self.newest if name == "main" else name
        return 200, json.dumps({"id": self.name, "sha": commit, "siblings": []}).encode(), {}

    def _file(self, commit: str, name: str) -> tuple[int, bytes, dict[str, str]]:
        if name in self.forbidden:
            return 403, b"{}", {}
        if name not in self.files:
            return 404, b"{}", {"X-Error-Code": "EntryNotFound"}
        tag = hashlib.sha256(self.files[name]).hexdigest()
        return 200, self.files[name], {"ETag": f'"{tag}"', "X-Repo-Commit": commit}

    def _entry(self, name: str) -> dict[str, object]:
        content = self.files[name]
        return {
            "type": "file",
            "path": name,
            "size": len(content),
            "oid": hashlib.sha1(content).hexdigest(),
        }


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_HEAD(self):
        self._answer(body=False)

    def do_GET(self):
        self._answer(body=True)

    def log_message(self, *_):
        pass

    def _answer(self, body):
        hub = self.server.hub
        hub.asked.append(f"{self.command} {self.path}")
        status, content, headers = hub.answer(self.path)
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if body:
            self.wfile.write(content)


class Server(http.server.ThreadingHTTPServer):
    """Knows its hub."""

    hub: DatasetHub


def serve(hub: DatasetHub) -> Server:
    """Start serving; shut the result down and close it in the end."""
    server = Server(("127.0.0.1", 0), _Handler)
    server.hub = hub
    hub.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server
