"""The contract, with detections, without any, and with the proposals before them."""

import pytest

from iadbe.models.rkde import RkdeModel
from iadbe.testing import check_model, parametrize_checks

SMALL = {
    "weights": "random",
    "detector_size": 64,
    "min_box_size": 4,
    "max_detections_per_image": 10,
    "n_pca_components": 4,
}


@pytest.mark.slow
@parametrize_checks(RkdeModel, SMALL)
def test_contract(check):
    check()


@pytest.mark.slow
@pytest.mark.parametrize("extra", [{"roi_score_threshold": 1.0}, {"roi_stage": "rpn"}])
def test_contract_of_variants(extra):
    check_model(RkdeModel, {**SMALL, **extra})
