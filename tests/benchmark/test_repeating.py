import shlex

import pytest

from iadbe.benchmark.cell import Cell
from iadbe.benchmark.loader import BenchmarkConfigLoader
from iadbe.benchmark.repeating import repeating
from iadbe.settings import CONFIG_LOADER_ARGS
from project import ROOT

CELL = Cell(
    dataset="btech",
    model="padim",
    category="01",
    seed=3,
    plugin="anomalib",
    params={},
    image_size=64,
    threshold_quantile=0.95,
)


def test_it_names_the_environment_and_the_cell():
    assert (
        repeating(CELL, "btech", {})
        == "kedro run --env btech --params datasets=btech,models=padim,categories=01,seeds=3"
    )


def test_what_the_run_overrode_is_overridden_again_and_what_it_selected_is_not():
    given = {"models": "padim+dfm", "images": "x", "model": {"padim": {"params": {"n": 1}}}}
    assert repeating(CELL, None, given).endswith("seeds=3,model.padim.params.n=1")


def test_a_shell_takes_it_as_one_word():
    words = shlex.split(repeating(CELL, None, {"model": {"padim": {"about": "a b;c"}}}))
    assert words[-1].endswith("model.padim.about=a b;c")


@pytest.mark.parametrize("env", [None, "smoke"])
def test_every_cell_of_a_benchmark_can_be_repeated_by_its_command(env):
    loader = BenchmarkConfigLoader(ROOT / "conf", env, **CONFIG_LOADER_ARGS)
    parameters = loader["parameters"]
    for cell in loader.cells[:3]:
        origin = parameters[cell.dataset][cell.model][cell.category][f"s{cell.seed}"]["origin"]
        words = shlex.split(origin["command"])
        given = dict(pair.split("=") for pair in words[-1].split(","))
        again = BenchmarkConfigLoader(ROOT / "conf", env, given, **CONFIG_LOADER_ARGS)
        assert again.selected == [cell]
        assert (env in words) == (env is not None)
