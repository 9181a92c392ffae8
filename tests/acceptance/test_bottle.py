"""The truth on real images: MVTec AD bottle, where it is there (it is not part of the project)."""

from __future__ import annotations

import shutil

import pytest
import yaml

from project import ROOT, Project

MODELS = ["padim_lite0", "patchcore_lite0"]
MVTEC_AD = ROOT.parent / "shared/data/MVTecAD"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (MVTEC_AD / "bottle").is_dir(), reason="MVTec AD bottle is not here"),
]


@pytest.fixture(scope="module")
def board(tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("bottle"), benchmark="mvtec_ad_offline")
    shutil.copytree(ROOT / "conf", project.folder / "conf")
    benchmark = yaml.safe_load((ROOT / "conf/mvtec_ad_offline/benchmark.yml").read_text())
    only = {"datasets": {"mvtec_ad": ["bottle"]}, "models": MODELS}
    project.configure(env="mvtec_ad_offline", **{**benchmark, **only})
    catalog = yaml.safe_load((ROOT / "conf/mvtec_ad_offline/catalog.yml").read_text())
    catalog["mvtec_ad.raw"]["filepath"] = str(MVTEC_AD)
    project.configure("catalog", env="mvtec_ad_offline", **catalog)
    project.run("--env", "mvtec_ad_offline", timeout=1500)
    return project.report("leaderboard.csv").set_index("model")


@pytest.mark.parametrize("model", MODELS)
def test_bottle_is_solved_with_the_offline_backbone(board, model):
    assert board.loc[model, "image_auroc"] >= 0.99
    assert board.loc[model, "pixel_auroc"] >= 0.97
