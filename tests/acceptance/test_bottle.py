"""The truth on real images: MVTec AD bottle, where it is there (it is not part of the project)."""

from __future__ import annotations

import pytest
import yaml

from project import ROOT, new_project

MVTEC_AD = ROOT.parent / "shared/data/MVTecAD"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (MVTEC_AD / "bottle").is_dir(), reason="MVTec AD bottle is not here"),
]


@pytest.fixture(scope="module")
def board(tmp_path_factory):
    project = new_project(tmp_path_factory.mktemp("bottle"))
    models = (ROOT / "conf/base/parameters_models.yml").read_text()
    project.configure("parameters_models", **yaml.safe_load(models))
    project.configure(datasets={"demo": ["bottle"]}, models=["padim", "patchcore"], image_size=256)
    catalog = yaml.safe_load((project.folder / "conf/base/catalog.yml").read_text())
    catalog["demo.raw"]["filepath"] = str(MVTEC_AD)
    project.configure("catalog", **catalog)
    project.run(timeout=1500)
    return project.report("leaderboard.csv").set_index("model")


@pytest.mark.parametrize("model", ["padim", "patchcore"])
def test_bottle_is_solved_with_the_offline_backbone(board, model):
    assert board.loc[model, "image_auroc"] >= 0.99
    assert board.loc[model, "pixel_auroc"] >= 0.97
