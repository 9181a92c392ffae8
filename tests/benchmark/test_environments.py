"""The environments that are ready to run."""

import functools
import re

import pytest
import yaml

from iadbe.benchmark.loader import BenchmarkConfigLoader
from iadbe.layouts import load_layout
from iadbe.layouts.facts import official
from iadbe.layouts.options import checked_options
from iadbe.settings import CONFIG_LOADER_ARGS
from project import ROOT

DATASETS = ["mvtec_ad", "mvtec_3d", "btech", "visa", "kolektor"]
MODELS = {
    "cfa", "cflow", "csflow", "dfkde", "dfm", "draem", "dsr", "fastflow", "fre", "ganomaly",
    "padim", "patchcore", "reverse_distillation", "rkde", "stfpm", "uflow",
}  # fmt: skip


@functools.cache
def load(env):
    return BenchmarkConfigLoader(str(ROOT / "conf"), env, **CONFIG_LOADER_ARGS)


@functools.cache
def catalog(env):
    return load(env)["catalog"]


@pytest.mark.parametrize(
    ("env", "cells"),
    [("mvtec_ad", 240), ("mvtec_3d", 160), ("btech", 48), ("visa", 192), ("kolektor", 16)],
)
def test_a_dataset_of_the_original_benchmark(env, cells):
    loader = load(env)
    assert loader.spec.name == env
    assert loader.spec.datasets == {env: list(official(env).categories)}
    assert set(loader.spec.models) == MODELS
    assert len(loader.cells) == cells


def test_the_original_benchmark():
    loader = load("iadbe")
    assert list(loader.spec.datasets) == DATASETS
    assert sum(len(names) for names in loader.spec.datasets.values()) == 41
    assert set(loader.spec.models) == MODELS
    assert len({cell.id for cell in loader.cells}) == 41 * 16


@pytest.mark.parametrize("dataset", DATASETS)
def test_the_original_benchmark_is_the_sum_of_its_datasets(dataset):
    whole, part = load("iadbe"), load(dataset)
    assert whole.spec.datasets[dataset] == part.spec.datasets[dataset]
    assert catalog("iadbe")[f"{dataset}.raw"] == catalog(dataset)[f"{dataset}.raw"]


@pytest.mark.parametrize("env", [*DATASETS, "iadbe", "custom"])
def test_every_dataset_has_raw_images_in_a_layout_that_exists(env):
    for dataset in load(env).spec.datasets:
        entry = catalog(env)[f"{dataset}.raw"]
        assert entry["layout"] == (dataset if env != "custom" else "folder")
        assert callable(load_layout(entry["layout"]))


def test_categories_of_btech_are_no_numbers():
    assert load("btech").spec.datasets["btech"] == ["01", "02", "03"]


def test_the_example_of_ones_own_images():
    loader = load("custom")
    assert loader.spec.datasets == {"screws": ["screws"]}
    assert len(loader.cells) == 3


def test_what_the_example_has_commented_out_can_be_used(tmp_path):
    text = (ROOT / "conf" / "custom" / "catalog.yml").read_text("utf-8")
    options = yaml.safe_load(re.sub(r"^    # (?=\w+: )", "    ", text, flags=re.MULTILINE))
    given = options["screws.raw"]["options"]
    assert len(given) == 6
    checked = checked_options("folder", load_layout("folder"), given, tmp_path)
    assert checked == {**given, "cache": tmp_path}
