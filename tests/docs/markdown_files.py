"""What our Markdown files hold: code blocks, code spans, links, headings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from project import ROOT

FILES = sorted(
    [
        *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "notebooks").glob("*.md"),
        *(ROOT / "examples").glob("*/README.md"),
    ]
)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


class Block(NamedTuple):
    """A fenced block; `file` is what its first line names in a comment, if it does."""

    language: str
    text: str

    @property
    def file(self) -> str | None:
        named = re.match(r"# ([\w./-]+\.(?:py|toml|yml))\n", self.text)
        return named[1] if named else None


def blocks(path: Path) -> list[Block]:
    return [Block(*found) for found in _FENCE.findall(path.read_text("utf-8"))]


def files_in(path: Path) -> dict[str, str]:
    """The blocks that are files, by name."""
    return {block.file: block.text for block in blocks(path) if block.file}


def spans(path: Path) -> list[str]:
    return _SPAN.findall(_prose(path))


def links(path: Path) -> list[str]:
    return _LINK.findall(_prose(path))


def anchors(path: Path) -> set[str]:
    """Headings as GitHub makes them into anchors."""
    headings = re.findall(r"^#+ (.+)$", _prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in headings}


def _prose(path: Path) -> str:
    return _FENCE.sub("", path.read_text("utf-8"))
