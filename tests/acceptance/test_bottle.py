"""The truth on real images: MVTec AD bottle, where it is there (it is not part of the project)."""

from __future__ import annotations

import shutil

import pytest
import yaml

from project import ROOT, Project

MVTEC_AD = ROOT.parent / "shared/data/MVTecAD"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (MVTEC_AD / "bottle").is_dir(), reason="MVTec AD bottle is not here"),
]


@pytest.fixture(scope="module")
def board(tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("bottle"), benchmark="mvtec_ad")
    shutil.copytree(ROOT / "conf", project.folder / "conf")
    benchmark = yaml.safe_load((ROOT / "conf/mvtec_ad/benchmark.yml").read_text())
    only = {"datasets": {"mvtec_ad": ["bottle"]}, "models": ["padim", "patchcore"]}
    project.configure(env="mvtec_ad", **{**benchmark, **only})
    catalog = yaml.safe_load((ROOT / "conf/mvtec_ad/catalog.yml").read_text())
    catalog["mvtec_ad.raw"]["filepath"] = str(MVTEC_AD)
    project.configure("catalog", env="mvtec_ad", **catalog)
    project.run("--env", "mvtec_ad", timeout=1500)
    return project.report("leaderboard.csv").set_index("model")


@pytest.mark.parametrize("model", ["padim", "patchcore"])
def test_bottle_is_solved_with_the_offline_backbone(board, model):
    assert board.loc[model, "image_auroc"] >= 0.99
    assert board.loc[model, "pixel_auroc"] >= 0.97
