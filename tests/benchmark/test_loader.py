import shutil
from pathlib import Path

import pytest
import yaml

from iadbe.benchmark.loader import BenchmarkConfigLoader
from iadbe.errors import ConfigError
from iadbe.settings import CONFIG_LOADER_ARGS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def conf(tmp_path):
    shutil.copytree(ROOT / "conf" / "base", tmp_path / "conf" / "base")
    (tmp_path / "conf" / "local").mkdir()
    return tmp_path / "conf"


def load(conf, env=None, **params):
    return BenchmarkConfigLoader(str(conf), env, params or None, **CONFIG_LOADER_ARGS)


def edit(conf, file="benchmark.yml", env="base", **changes):
    path = conf / env / file
    path.parent.mkdir(exist_ok=True)
    content = yaml.safe_load(path.read_text()) if path.exists() else {}
    path.write_text(yaml.safe_dump({**content, **changes}))


def test_base_is_the_demo_with_a_parameter_for_every_cell(conf):
    loader = load(conf)
    parameters = loader["parameters"]
    assert loader.spec.name == "demo"
    assert len(parameters["matrix"]) == len(loader.cells) == 15
    for cell in loader.cells:
        at = parameters[cell.dataset][cell.model][cell.category][f"s{cell.seed}"]
        assert at["cell"]["params"] == parameters["model"][cell.model].get("params", {})


def test_a_loader_parses_its_files_once_and_gives_the_same_each_time(conf):
    loader = load(conf, seeds=0)
    first = loader["parameters"], loader["catalog"], loader["benchmark"]
    shutil.rmtree(conf)
    assert (loader["parameters"], loader["catalog"], loader["benchmark"]) == first
    assert loader.selected == loader.cells


def test_a_benchmark_is_named_for_its_environment_unless_it_names_itself(conf):
    edit(conf, env="line_3", models=["padim"])
    assert load(conf, "line_3").spec.name == "line_3"
    edit(conf, env="line_3", name="press")
    assert load(conf, "line_3").spec.name == "press"


def test_an_environment_adds_models_without_repeating_those_of_base(conf):
    edit(conf, env="more", models=["padim", "mine"])
    mine = {"plugin": "anomalib", "params": {"name": "Padim"}}
    edit(conf, "parameters_models.yml", env="more", model={"mine": mine})
    assert {cell.model for cell in load(conf, "more").cells} == {"padim", "mine"}


def test_a_runtime_parameter_reaches_the_cells(conf):
    loader = load(conf, model={"padim_lite0": {"params": {"batch_size": 3}}})
    cells = [cell for cell in loader.cells if cell.model == "padim_lite0"]
    assert cells
    assert all(cell.params["batch_size"] == 3 for cell in cells)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"modles": ["padim"]}, ["benchmark.yml", "modles", "did you mean 'models'", "seeds"]),
        ({"image_size": "big"}, ["benchmark.yml", "image_size", "'big'", "pixels"]),
        ({"image_size": 8}, ["image_size", "greater than or equal to 32"]),
        ({"models": ["padin"]}, ["models", "'padin' has no entry", "did you mean 'padim'"]),
        ({"models": []}, ["models", "at least 1"]),
        ({"models": ["padim", "padim"]}, ["models", "padim is listed twice"]),
        ({"datasets": {"demo": []}}, ["datasets", "'demo' names no category"]),
        ({"datasets": {"De.mo": ["a"]}}, ["datasets", "De.mo"]),
        ({"seeds": [-1]}, ["seeds.0", "greater than or equal to 0"]),
        ({"validation": 1.0}, ["validation", "less than 1"]),
        ({"device": "gpu"}, ["device", "cuda", "'gpu'"]),
    ],
)
def test_every_mistake_names_file_key_and_what_is_allowed(conf, changes, words):
    edit(conf, **changes)
    with pytest.raises(ConfigError) as caught:
        _ = load(conf)["parameters"]
    for word in words:
        assert word in str(caught.value)


def test_a_mistake_in_a_model_entry_names_the_entry(conf):
    edit(conf, "parameters_models.yml", model={"padim": {"plugn": "anomalib"}})
    edit(conf, models=["padim"])
    with pytest.raises(ConfigError, match=r"parameters_models.yml: model\.padim\.plug"):
        _ = load(conf)["parameters"]


def test_an_unknown_runtime_parameter_is_refused(conf):
    with pytest.raises(ConfigError, match=r"modles.*did you mean 'models'"):
        _ = load(conf, modles="padim")["parameters"]


def test_an_unknown_environment_names_the_known_ones(conf):
    edit(conf, env="mvtec_ad", models=["padim"])
    with pytest.raises(ConfigError, match=r"no environment 'mvtec'.*mvtec_ad"):
        _ = load(conf, "mvtec")["parameters"]


def test_the_catalog_knows_the_name_of_the_benchmark(conf):
    edit(conf, env="line_3", models=["padim"])
    assert "/line_3/" in load(conf, "line_3")["catalog"]["leaderboard"]["filepath"]


def test_the_cell_to_predict_with_must_exist(conf):
    assert load(conf, cell="demo.padim_lite0.part.s0").predicting.category == "part"
    with pytest.raises(ConfigError, match=r"did you mean 'demo.padim_lite0.part.s0'"):
        _ = load(conf, cell="demo.padim_lite0.prat.s0").predicting


def test_models_must_be_a_mapping(conf):
    with pytest.raises(ConfigError, match=r"model: a mapping .*'padim'"):
        _ = load(conf, model="padim")["parameters"]


def test_images_without_a_cell_to_score_them_are_refused(conf):
    with pytest.raises(ConfigError, match=r"cell=demo\.padim_lite0\.fabric\.s0"):
        _ = load(conf, images="photos").predicting


def test_the_papers_protocol_trains_on_all_normal_images_and_keeps_its_own_results(conf):
    clean, paper = load(conf), load(conf, protocol="paper")
    assert {cell.protocol for cell in clean.cells} == {"clean"}
    assert {cell.protocol for cell in paper.cells} == {"paper"}
    assert clean["parameters"]["demo"]["ingest"]["validation"] == 0.2
    assert paper["parameters"]["demo"]["ingest"]["validation"] == 0.0
    assert (clean.spec.store, clean.spec.counterpart) == ("demo", "demo_paper")
    assert (paper.spec.store, paper.spec.counterpart) == ("demo_paper", "demo")
    path = paper["catalog"]["{dataset}.{model}.{category}.{seed}.metrics"]["filepath"]
    assert path.startswith("data/07_model_output/demo_paper/")


def test_a_protocol_that_there_is_not_is_refused(conf):
    with pytest.raises(ConfigError, match=r"benchmark.yml: protocol: .*'clean' or 'paper'"):
        _ = load(conf, protocol="honest").cells


def test_a_recipe_that_sees_test_data_runs_under_the_papers_protocol_only(conf):
    mine = {"plugin": "anomalib", "params": {"name": "Padim"}, "leakage": "early stop"}
    edit(conf, "parameters_models.yml", env="mine", model={"mine": mine})
    edit(conf, env="mine", models=["mine"])
    with pytest.raises(ConfigError, match=r"'mine' makes use of test data \(early stop\)"):
        _ = load(conf, "mine").cells
    cells = load(conf, "mine", protocol="paper").cells
    assert {cell.leakage for cell in cells} == {"early stop"}


def test_limits_reach_the_report_from_the_file_and_from_the_command_line(conf):
    edit(conf, limits={"memory_mb": 900, "latency_ms": 50})
    given = {"latency_ms": 20, "refused_licences": "AGPL+not stated"}
    facts = load(conf, limits=given)["parameters"]["facts"]
    assert facts["limits"] == {
        "false_alarms_per_1000": None,
        "latency_ms": 20,
        "memory_mb": 900,
        "refused_licences": ["AGPL", "not stated"],
    }


def test_limits_change_no_cell_and_no_command_that_repeats_one(conf):
    plain, limited = load(conf), load(conf, limits={"latency_ms": 20})
    assert limited.cells == plain.cells
    assert limited._origin(limited.cells[0])["command"] == plain._origin(plain.cells[0])["command"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"latency": 20}, "limits.latency: no such key; did you mean 'latency_ms'?"),
        ({"latency_ms": 0}, "limits.latency_ms: Input should be greater than 0"),
        ({"refused_licences": [""]}, "an empty name would refuse every licence"),
    ],
)
def test_limits_that_make_no_sense_are_refused(conf, wrong, message):
    with pytest.raises(ConfigError) as caught:
        _ = load(conf, limits=wrong).spec
    assert message in str(caught.value)
