"""The contract, on every Anomalib model that the demo configures."""

from pathlib import Path

import pytest
import yaml

from iadbe.models.anomalib import AnomalibModel
from iadbe.testing import check_model

CONF = Path(__file__).parents[3] / "conf/base/parameters_models.yml"
ENTRIES = {
    name: entry["params"]
    for name, entry in yaml.safe_load(CONF.read_text())["model"].items()
    if entry["plugin"] == "anomalib"
}


def test_the_demo_configures_the_four_models():
    assert set(ENTRIES) == {"padim", "patchcore", "dfkde", "stfpm"}


@pytest.mark.slow
@pytest.mark.parametrize("name", ENTRIES)
def test_a_configured_model_keeps_the_contract(name):
    params = ENTRIES[name]
    check_model(AnomalibModel, params | ({"epochs": 1} if params.get("epochs") else {}))
