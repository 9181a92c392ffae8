import sys
from pathlib import Path

import pytest

from iadbe.errors import ConfigError, PluginError
from iadbe.layouts import load_layout, mvtec_ad


def install(folder: Path, package: str, entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    info = folder / f"{package}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[iadbe.layouts]\n{entry}\n")
    monkeypatch.setattr(sys, "path", [str(folder), *sys.path])


def test_built_in() -> None:
    assert load_layout("mvtec_ad") is mvtec_ad.index


def test_unknown_name() -> None:
    with pytest.raises(
        ConfigError, match=r"no layout 'mvtec'. Did you mean 'mvtec_ad'\? Installed"
    ):
        load_layout("mvtec")


def test_a_name_offered_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "rival", "mvtec_ad = json:loads", monkeypatch)
    with pytest.raises(PluginError, match=r"rival.*uninstall one"):
        load_layout("mvtec_ad")


def test_a_broken_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "broken", "odd = no_such_module:index", monkeypatch)
    with pytest.raises(PluginError, match="'odd' of package broken cannot be imported"):
        load_layout("odd")
    assert load_layout("mvtec_ad") is mvtec_ad.index
