"""What README and docs point to is there."""

import pkgutil
import re

import pytest
from markdown_files import FILES, anchors, links, spans

from project import ROOT

NAMED = [pytest.param(path, id=str(path.relative_to(ROOT))) for path in FILES]
IN_THE_REPOSITORY = re.compile(r"(?:src|conf|tests|docs|examples|notebooks|\.ci)/[\w./-]+")
PYTHON_NAME = re.compile(r"iadbe(?:\.\w+)+")


@pytest.mark.parametrize("path", NAMED)
def test_relative_links_lead_somewhere(path):
    for link in links(path):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("path", NAMED)
def test_named_files_exist(path):
    for span in spans(path):
        if IN_THE_REPOSITORY.fullmatch(span) and "NAME" not in span:
            assert (ROOT / span).exists(), span


@pytest.mark.parametrize("path", NAMED)
def test_python_names_exist(path):
    for span in spans(path):
        if PYTHON_NAME.fullmatch(span) and not span.endswith(".json"):
            assert pkgutil.resolve_name(span) is not None
