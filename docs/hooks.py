"""What MkDocs does beside its plugins: pages from the repository's root, and formulas as MathML."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

from latex2mathml.converter import convert
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

PAGES = {"CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}
"""Files beside `docs/` that are pages of the site."""
_NAMED = re.compile(r"\[([\w-]+\.md)\]\(")
_FORMULA = re.compile(
    r'<(?:span|div) class="arithmatex">\\([(\[])(.*?)\\[)\]]</(?:span|div)>', re.DOTALL
)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that lie beside `docs/`, with links that hold from within it."""
    root = Path(config.config_file_path).parent
    for name, page in PAGES.items():
        text = (root / name).read_text("utf-8").replace("](docs/", "](")
        files.append(File.generated(config, page, content=text))
    return files


def on_page_markdown(markdown: str, files: Files, **_: Any) -> str:
    """Let links beside `docs/` lead within it, and name pages by title, not by file."""
    for name, page in PAGES.items():
        markdown = markdown.replace(f"](../{name}", f"]({page}")
    titles = {Path(file.src_uri).name: _title(file) for file in files.documentation_pages()}
    return _NAMED.sub(lambda found: f"[{titles.get(found[1], found[1])}](", markdown)


def _title(file: File) -> str:
    return file.content_string.removeprefix("# ").partition("\n")[0]


def on_page_content(content: str, **_: Any) -> str:
    """Write the formulas as MathML, which browsers draw without a script or a network."""
    return _FORMULA.sub(_mathml, content)


def _mathml(found: re.Match[str]) -> str:
    display = "inline" if found[1] == "(" else "block"
    return convert(html.unescape(found[2]).strip(), display=display)
