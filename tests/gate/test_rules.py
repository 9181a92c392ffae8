"""Each rule on what it must find, on what it must leave alone, and at its limit."""

from __future__ import annotations

import pytest

from iadbe.gate.evidence import COLUMNS, Evidence, Known, known_values
from iadbe.gate.rules import RULES, reasons


def evidence(record=None, **values):
    """Image AUROC etc. by name, e.g. `image_auroc=0.9`; a sound result but for what is given."""
    given = {"image_auroc": 0.93, "image_tied_pairs": 0.0, "pixel_auroc": 0.97, "region_aupro": 0.9}
    keyed = {tuple(name.split("_", 1)): value for name, value in {**given, **values}.items()}
    known = {key: Known(value, 600) for key, value in keyed.items() if value is not None}
    return Evidence(record or {}, known)


def test_a_sound_result_passes():
    log = {"epochs": 3, "epochs_asked": 3, "last_loss": 0.1, "finite": True}
    assert reasons(evidence({"training": log, "stand_ins": []})) == []


def test_a_cell_of_which_nothing_is_known_passes():
    assert reasons(Evidence({}, {})) == []
    assert reasons(Evidence({"training": None, "stand_ins": None}, {})) == []


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"stand_ins": ["timm/resnet18", "DTD"]}, "random weights stand in for timm/resnet18, DTD"),
        ({"training": {"epochs": 3, "epochs_asked": 3, "finite": False}}, "was NaN or infinite"),
        ({"training": {"epochs": 7, "epochs_asked": 30}}, "for 7 of the 30 epochs asked for"),
    ],
)
def test_what_the_run_record_tells(record, reason):
    (found,) = reasons(evidence(record))
    assert reason in found
    assert "\n" not in found


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"image_tied_pairs": 1.0}, "scores are constant: all 600 pairs of images tie"),
        ({"image_tied_pairs": 0.23}, "23% of the pairs of a normal and an anomalous image"),
        ({"image_auroc": 0.5}, "no better than guessing (image AUROC 0.500, limit 0.55)"),
        ({"image_auroc": 0.5499}, "no better than guessing"),
        ({"image_auroc": 0.1}, "worse than guessing (image AUROC 0.100): is a higher score more"),
        ({"region_aupro": 0.96, "pixel_auroc": 0.59}, "aupro is 0.960 but pixel AUROC 0.590"),
        ({"region_pro_at_f1_max": 1.0, "pixel_auroc": 0.5}, "pro_at_f1_max is 1.000 but"),
    ],
)
def test_what_the_metrics_tell(values, reason):
    (found,) = reasons(evidence(**values))
    assert reason in found


@pytest.mark.parametrize(
    "values",
    [
        {"image_tied_pairs": 0.1},
        {"image_auroc": 0.55},
        {"image_auroc": None, "image_tied_pairs": None},
        {"pixel_auroc": None, "region_aupro": None},
        {"region_aupro": 0.95, "pixel_auroc": 0.59},
        {"region_aupro": 0.99, "pixel_auroc": 0.6},
        {"region_precision": 1.0, "pixel_auroc": 0.5},
    ],
)
def test_what_is_at_a_limit_or_undefined_passes(values):
    assert reasons(evidence(**values)) == []


def test_an_interval_is_told_where_it_is_known():
    known = {("image", "auroc"): Known(0.52, 40, 0.41, 0.63)}
    assert reasons(Evidence({}, known)) == [
        "no better than guessing (image AUROC 0.520, 95 % interval 0.410 to 0.630, limit 0.55)"
    ]


def test_all_reasons_are_given_causes_first():
    record = {"stand_ins": ["DTD"], "training": {"epochs": 0, "epochs_asked": 1, "finite": False}}
    broken = {"image_tied_pairs": 1.0, "image_auroc": 0.5, "region_aupro": 1.0, "pixel_auroc": 0.5}
    found = reasons(evidence(record, **broken))
    assert len(found) == len(RULES)
    assert found[0].startswith("random weights")


def test_values_of_defect_types_and_undefined_ones_are_no_evidence():
    rows = [
        ("image", "auroc", None, None, 0.9, 50, 0.8, float("nan")),
        ("image", "auroc", "scratch", None, 0.2, 20, None, None),
        ("image", "auroc", None, "small", 0.3, 20, None, None),
        ("pixel", "auroc", None, None, None, 0, None, None),
        ("region", "aupro", None, None, float("nan"), 0, None, None),
    ]
    columns = dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True))
    assert known_values(columns) == {("image", "auroc"): Known(0.9, 50, 0.8, None)}
