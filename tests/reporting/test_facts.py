"""What a reader must know to trust the numbers."""

from __future__ import annotations

from iadbe.pipelines.reporting.nodes import facts
from iadbe.schemas import RunsSchema

from .made_up import frame, runs_row

BENCHMARK = {
    "protocol": "clean",
    "threshold_rule": "conformal",
    "image_size": 256,
    "threshold_quantile": 0.95,
    "validation": 0.2,
    "seeds": [0],
    "command": "kedro run",
}


def facts_of(*datasets):
    return facts(BENCHMARK, frame(RunsSchema, [runs_row(dataset=name) for name in datasets]))


def test_non_commercial_licences_of_the_data_are_named():
    told = facts_of("mvtec_ad", "visa", "demo")["Licences of the data"]
    assert "mvtec_ad: CC BY-NC-SA 4.0 (non-commercial)" in told
    assert "visa: CC BY 4.0" in told
    assert "visa: CC BY 4.0 (non-commercial)" not in told
    assert "demo" not in told


def test_nothing_is_said_of_datasets_of_ones_own():
    assert "Licences of the data" not in facts_of("screws")


def test_the_papers_protocol_says_that_its_threshold_is_an_oracle():
    told = facts(BENCHMARK | {"protocol": "paper"}, frame(RunsSchema, [runs_row()]))
    assert "oracle" in told["Threshold"]
    assert "all normal training images train" in told["Protocol"]
    assert "held out" in facts_of("screws")["Threshold"]
