import pytest

from iadbe.errors import DataError
from iadbe.merging import find_stores, target_stores
from stores import add_cell, make_store

CELL = "demo.a.part.s0"


@pytest.fixture
def project(tmp_path):
    for name in ("demo", "other"):
        add_cell(make_store(tmp_path / "p", name), CELL)
    make_store(tmp_path / "p", "empty").results.mkdir()
    return tmp_path / "p"


@pytest.mark.parametrize("below", ["", "data", "data/07_model_output"])
def test_a_project_its_data_and_its_results_hold_the_same_stores(project, below):
    stores = find_stores(project / below)
    assert list(stores) == ["demo", "other"]
    assert stores["demo"].models == project / "data/06_models/demo"


def test_one_benchmark_can_be_named(project):
    assert list(find_stores(project / "data/07_model_output/other")) == ["other"]


def test_a_folder_without_results_says_what_to_name(tmp_path):
    with pytest.raises(DataError, match="Name a project"):
        find_stores(tmp_path)


@pytest.mark.parametrize("into", ["all", "all/07_model_output"])
def test_each_benchmark_keeps_its_name_below_a_data_folder(project, tmp_path, into):
    targets = target_stores(tmp_path / into, find_stores(project))
    assert targets["other"].results == tmp_path / "all/07_model_output/other"


def test_one_benchmark_may_go_under_another_name(project, tmp_path):
    into = tmp_path / "all/07_model_output/mine"
    source = find_stores(project / "data/07_model_output/demo")
    assert target_stores(into, source)["demo"].results == into
    with pytest.raises(DataError, match="name one of them"):
        target_stores(into, find_stores(project))
