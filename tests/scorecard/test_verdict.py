import pytest

from iadbe.schemas import VERDICTS
from iadbe.scorecard.results import Result
from iadbe.scorecard.tolerances import Tolerances
from iadbe.scorecard.verdict import verdict


def of(ours, published=0.95, metric="image_auroc", status="done", protocol=None, **tolerances):
    result = Result(ours, 1, status, "why")
    return verdict(result, published, metric, Tolerances(**tolerances), protocol)


@pytest.mark.parametrize(
    ("ours", "name"),
    [
        (0.95, "reproduced"),
        (0.96, "reproduced"),
        (0.94, "reproduced"),
        (0.9399, "near"),
        (0.92, "near"),
        (0.9199, "off"),
        (0.10, "off"),
        (0.9601, "above"),
        (0.999, "above"),
    ],
)
def test_one_point_is_reproduced_three_near_and_better_is_no_reproduction(ours, name):
    assert of(ours) == (name, None)
    assert name in VERDICTS


def test_tolerances_are_those_of_the_metric_and_the_benchmark():
    assert of(0.935, metric="aupro").name == "reproduced"
    assert of(0.935, metric="pixel_auroc").name == "near"
    assert of(0.935, image_auroc=0.02).name == "reproduced"
    assert of(0.935, near=1).name == "off"


@pytest.mark.parametrize("status", ["failed", "skipped", "stale", "missing"])
def test_a_cell_without_a_result_was_not_run(status):
    assert of(None, status=status) == ("not run", f"{status}: why")


def test_what_is_no_value_is_not_compared():
    assert of(0.95, status="degenerate") == ("not comparable", "why")
    assert of(None) == ("not comparable", "why")


def test_another_protocol_wins_even_where_nothing_ran():
    assert of(0.95, protocol="zero-shot") == ("not comparable", "zero-shot")
    assert of(None, status="missing", protocol="zero-shot").name == "not comparable"
