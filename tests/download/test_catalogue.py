"""What can be downloaded agrees with the official facts, our configuration and Anomalib."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
import yaml

from iadbe.download import downloads, find
from iadbe.errors import ConfigError
from iadbe.layouts.facts import official_datasets
from project import ROOT

NAMES = {
    "mvtec_ad": "image/mvtecad.py",
    "mvtec_3d": "depth/mvtec_3d.py",
    "btech": "image/btech.py",
    "visa": "image/visa.py",
    "kolektor": "image/kolektor.py",
    "mvtec_ad_2": "image/mvtecad2.py",
    "mvtec_loco": "image/mvtec_loco.py",
}
"""Modules of Anomalib with addresses and sums."""


def test_every_official_dataset_can_be_downloaded_or_says_how():
    assert downloads().keys() == official_datasets().keys()
    for download in downloads().values():
        assert bool(download.offer.address) != bool(download.offer.manual), download.name


def test_addresses_are_encrypted_and_have_a_sum():
    for name in NAMES:
        assert find(name).offer.address.startswith("https://")
        assert find(name).offer.sum is not None


@pytest.mark.parametrize("name", NAMES)
def test_addresses_and_sums_are_those_of_anomalib(name):
    package = importlib.util.find_spec("anomalib")
    if package is None:
        pytest.skip("no anomalib")
    folder = Path(package.origin).parent / "data"
    text = "".join(
        (folder / kind / NAMES[name]).read_text("utf-8") for kind in ("datamodules", "datasets")
    )
    info = re.search(r"DOWNLOAD_INFO = DownloadInfo\((.*?)\n\)", text, re.DOTALL)[1]
    address = re.search(r"url=((?:\s*\"[^\"]*\")+)", info)[1]
    assert find(name).offer.address == "".join(re.findall(r'"([^"]*)"', address))
    assert find(name).offer.sum.digits == re.search(r'hashsum="(\w+)"', info)[1]


def test_folders_are_those_of_the_ready_environments():
    configured = {
        name.removesuffix(".raw"): entry["filepath"]
        for file in ROOT.glob("conf/*/catalog.yml")
        for name, entry in (yaml.safe_load(file.read_text("utf-8")) or {}).items()
        if name.endswith(".raw") and name.removesuffix(".raw") in downloads()
    }
    assert configured.keys() >= {"mvtec_ad", "mvtec_3d", "btech", "visa", "kolektor"}
    assert configured == {name: str(find(name).folder) for name in configured}


def test_categories_that_share_their_folders_get_all_of_them():
    assert find("kolektor").folders(["kolektor"]) == [f"kos{n:02}" for n in range(1, 51)]
    assert find("visa").folders(["pcb1"]) == ["split_csv", "pcb1"]
    assert find("btech").folders() == ["01", "02", "03"]


def test_non_commercial_licences_are_flagged():
    flagged = {name for name, download in downloads().items() if download.facts.non_commercial}
    assert flagged >= {"mvtec_ad", "mvtec_3d", "kolektor", "mvtec_ad_2", "mvtec_loco"}
    assert "visa" not in flagged  # CC BY 4.0, says its authors' README


def test_a_near_name_is_offered():
    with pytest.raises(ConfigError, match="did you mean 'kolektor'"):
        find("kolector")
    with pytest.raises(ConfigError, match="did you mean 'pipe_fryum'"):
        find("visa").folders(["pipefryum"])
