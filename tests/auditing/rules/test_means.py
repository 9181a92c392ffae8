import pytest

from iadbe.auditing.cell import parse_cell
from iadbe.auditing.rules.means import is_mean, mistyped


@pytest.mark.parametrize(
    ("average", "cells", "holds"),
    [
        ("0.50", ["0.333", "0.667"], True),
        ("33.34", ["33.33", "33.34", "33.33"], True),
        ("33.36", ["33.33", "33.34", "33.33"], False),
        ("50", ["49.6", "50.9"], True),
        ("-", ["1"], False),
        ("1", ["-"], False),
    ],
)
def test_rounding_is_allowed_and_no_more(average, cells, holds):
    assert is_mean(parse_cell(average), [parse_cell(cell) for cell in cells]) is holds


@pytest.mark.parametrize(
    ("printed", "right", "why"),
    [
        ("46.69", "43.69", "one digit"),
        ("93.55", "95.35", "exchanged"),
        ("43.70", "43.69", ""),
        ("9.55", "95.35", ""),
        ("12.34", "56.78", ""),
    ],
)
def test_how_it_was_mistyped(printed, right, why):
    said = mistyped(parse_cell(printed), right)
    assert (why in said) if why else said == ""
