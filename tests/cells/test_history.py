import pytest

from iadbe.cells.history import history, statuses
from iadbe.cells.store import IMPORTED, Store
from iadbe.errors import ConfigError
from stores import add_cell, make_store

from .test_record import CELL


@pytest.fixture
def store(tmp_path):
    return make_store(tmp_path)


def test_a_near_miss_is_told_which_cell_is_meant(store):
    with pytest.raises(ConfigError, match=r"did you mean 'demo\.a\.part\.s0'"):
        history(store, [CELL], "demo.a.prat.s0")


def test_a_large_matrix_is_not_listed(store):
    cells = [CELL.model_copy(update={"seed": seed}) for seed in range(30)]
    with pytest.raises(ConfigError, match="lists all 30") as caught:
        history(store, cells, "demo.a.part.s31")
    assert len(str(caught.value)) < 150


def test_a_cell_that_never_ran_is_missing_and_has_no_record(store):
    found = history(store, [CELL], CELL.id)
    assert (found.status, found.entry, found.record, found.model) == ("missing", None, {}, None)


def test_a_cell_that_failed_has_its_cause(store):
    add_cell(store, CELL.id, state="failed", cause="no memory left")
    found = history(store, [CELL], CELL.id)
    assert (found.status, found.cause) == ("failed", "no memory left")


def test_a_cell_that_was_only_trained_has_the_record_of_its_model(store):
    folder = add_cell(store, CELL.id, made="7", stages={"fit": "fit-7"})
    (folder / "run.json").unlink()
    found = history(store, [CELL], CELL.id)
    assert (found.status, found.record) == ("missing", {"made": "7"})
    assert found.model == store.model(CELL.id)


def test_every_cell_of_matrix_and_store_has_a_status(store):
    add_cell(store, "demo.gone.part.s0")
    add_cell(store, "demo.logged.part.s0", stages={IMPORTED: "1"})
    add_cell(store, "demo.broken.part.s0", stages={"fit": "fit-1"})
    found = statuses(store, [CELL]).set_index("cell")["status"].to_dict()
    assert found == {
        CELL.id: "missing",
        "demo.broken.part.s0": "missing",
        "demo.gone.part.s0": "stale",
        "demo.logged.part.s0": "done",
    }


def test_the_folders_are_those_of_the_catalog():
    catalog = {
        "ledger": {"filepath": "/big/results/mine"},
        "{dataset}.{model}.{category}.{seed}.model": {"filepath": "/m/mine/{dataset}/{model}/x"},
        "{dataset}.samples": {"filepath": "data/02/mine/{dataset}.parquet"},
    }
    store = Store.of(catalog)
    assert [str(folder) for folder in (store.results, store.models, store.manifests)] == [
        "/big/results/mine",
        "/m/mine",
        "data/02/mine",
    ]
