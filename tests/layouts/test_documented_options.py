"""Every `<dataset>.raw` in the documentation and in conf has options that its layout has."""

import re
from pathlib import Path

import pytest
import yaml

from iadbe.datasets.raw_images import RawImagesDataset
from iadbe.layouts import load_layout
from iadbe.layouts.options import checked_options
from project import ROOT

PAGES = (ROOT / "docs").glob("*.md")
BLOCKS = [
    text
    for page in PAGES
    for text in re.findall(r"^```yaml\n(.*?)^```$", page.read_text("utf-8"), re.S | re.M)
]
CONF = [path.read_text("utf-8") for path in (ROOT / "conf").glob("*/catalog.yml")]
ENTRIES = [
    entry
    for text in [*BLOCKS, *CONF]
    for name, entry in (yaml.safe_load(text) or {}).items()
    if str(name).endswith(".raw") and "layout" in entry
]


def test_there_are_some() -> None:
    assert len({entry["layout"] for entry in ENTRIES}) >= 5
    assert sum("options" in entry for entry in ENTRIES) >= 5


@pytest.mark.parametrize(
    "entry", ENTRIES, ids=lambda entry: f"{entry['layout']} {entry['filepath']}"
)
def test_options_exist(entry) -> None:
    described = {key: value for key, value in entry.items() if key != "type"}
    dataset = RawImagesDataset(**described)
    index = load_layout(entry["layout"])
    checked_options(entry["layout"], index, dataset._options, Path("cache"))
