import pytest

from iadbe.benchmark.selection import select
from iadbe.benchmark.spec import BenchmarkSpec, ModelEntry
from iadbe.errors import ConfigError


@pytest.fixture
def cells():
    spec = BenchmarkSpec(
        name="demo",
        datasets={"demo": ["fabric", "part"]},
        models=["padim", "patchcore"],
        seeds=[0, 1],
    )
    return spec.cells({name: ModelEntry(plugin="anomalib") for name in spec.models})


def test_the_matrix_is_in_reading_order(cells):
    ids = [cell.id for cell in cells]
    assert len(ids) == len(set(ids)) == 8
    assert ids[:3] == ["demo.padim.fabric.s0", "demo.padim.fabric.s1", "demo.padim.part.s0"]


def test_without_parameters_all_cells_are_selected(cells):
    assert select(cells, {}) == cells


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"models": "padim", "categories": "fabric", "seeds": 0}, ["demo.padim.fabric.s0"]),
        ({"categories": ["part"], "seeds": "1"}, ["demo.padim.part.s1", "demo.patchcore.part.s1"]),
        ({"models": "padim+patchcore", "categories": "part", "seeds": [1]}, None),
    ],
)
def test_values_are_words_joined_words_or_lists(cells, params, expected):
    ids = [cell.id for cell in select(cells, params)]
    assert ids == (expected or ["demo.padim.part.s1", "demo.patchcore.part.s1"])


def test_a_mistyped_value_names_the_near_and_the_allowed_ones(cells):
    with pytest.raises(ConfigError, match=r"models=padin.*did you mean 'padim'.*patchcore"):
        select(cells, {"models": "padin"})


@pytest.mark.parametrize("given", [2, "2", "02", ["02"]])
def test_a_category_that_looks_like_a_number(given):
    spec = BenchmarkSpec(name="demo", datasets={"btech": ["01", "02"]}, models=["padim"])
    cells = spec.cells({"padim": ModelEntry(plugin="anomalib")})
    assert [cell.category for cell in select(cells, {"categories": given})] == ["02"]
    with pytest.raises(ConfigError, match="categories=3: not in the benchmark"):
        select(cells, {"categories": 3})
