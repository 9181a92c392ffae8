"""Packages with model plugins, installed for the length of a test."""

import sys

import pytest

from iadbe.models import registry
from models.plugin_source import PLUGIN


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a distribution with one entry point on the path: install(package, name, source)."""
    modules_before = set(sys.modules)
    monkeypatch.syspath_prepend(tmp_path)

    def write(
        package, name, source="", *, api_version=1, folder="site", version="1.2",
        group="iadbe.models", target="Model",
    ):  # fmt: skip
        site = tmp_path / folder
        site.mkdir(exist_ok=True)
        monkeypatch.syspath_prepend(site)
        module = package.replace("-", "_")
        (site / f"{module}.py").write_text(source or PLUGIN.format(api_version=api_version))
        info = site / f"{module}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n"
        )
        (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {module}:{target}\n")
        registry.survey.cache_clear()
        return site / f"{module}.py"

    yield write
    monkeypatch.undo()
    registry.survey.cache_clear()
    registry.load_plugin_of.cache_clear()
    for module in set(sys.modules) - modules_before:
        if module.startswith("acme"):
            del sys.modules[module]
