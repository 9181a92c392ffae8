import shutil

import pytest
from filelock import FileLock

from iadbe.cells.ledger import Entry
from iadbe.cells.store import IMPORTED
from iadbe.errors import DataError
from iadbe.merging import merge
from stores import add_cell, add_manifest

A, B = "demo.a.part.s0", "demo.b.part.s0"


def kinds(outcomes):
    return {outcome.cell_id: outcome.kind for outcome in outcomes}


def made(store, cell_id):
    """By whom the results, and the model, were made."""
    folder = store.ledger.folder(cell_id)
    model = store.model(cell_id) / "iadbe.json"
    results = (folder / "run.json").read_text()
    return results, model.read_text() if model.exists() else None


def snapshot(store):
    root = store.results.parents[1]
    files = (p for p in root.rglob("*") if p.is_file() and p.name != ".lock")
    return {str(p.relative_to(root)): p.read_bytes() for p in files}


def test_what_is_absent_here_is_copied_whole(ours, theirs):
    folder = add_cell(theirs, A)
    add_cell(ours, B)
    (folder / "anomaly_maps.zarr" / "c").mkdir(parents=True)
    (folder / "anomaly_maps.zarr" / "c" / "0").write_bytes(b"map")
    before = snapshot(theirs)
    assert kinds(merge(theirs, ours)) == {A: "copied"}
    assert ours.cell_ids() == [A, B]
    assert ours.ledger.read(A) == theirs.ledger.read(A)
    assert (ours.ledger.folder(A) / "anomaly_maps.zarr/c/0").read_bytes() == b"map"
    assert snapshot(theirs) == before


@pytest.mark.parametrize("with_models", [True, False])
def test_models_are_copied_if_asked_for(ours, theirs, with_models):
    add_cell(theirs, A)
    merge(theirs, ours, with_models=with_models)
    assert ours.model(A).is_dir() == with_models


def test_the_same_result_is_counted_whatever_it_cost(ours, theirs):
    add_cell(theirs, A, made="1", auroc=0.9)
    add_cell(ours, A, made="1", auroc=0.9 + 1e-9)
    (theirs.ledger.folder(A) / "metrics.parquet").unlink()
    table = ours.metrics(A)
    table.loc[table["level"] == "system", "value"] = 99.0
    table.to_parquet(theirs.ledger.folder(A) / "metrics.parquet")
    assert kinds(merge(theirs, ours)) == {A: "identical"}


def test_another_fingerprint_is_a_conflict_that_names_both(ours, theirs):
    add_cell(theirs, A, made="2")
    add_cell(ours, A, made="1")
    before = snapshot(ours)
    (outcome,) = merge(theirs, ours)
    assert outcome.kind == "conflict"
    assert outcome.cause == "other fingerprint of fit: fit-1 here, fit-2 there"
    assert snapshot(ours) == before


@pytest.mark.parametrize(
    ("here", "there", "says"),
    [(0.95, 0.97, "0.95 here, 0.97 there"), (0.95, None, "0.95 here, null there")],
)
def test_the_same_fingerprint_with_other_values_is_one_too(ours, theirs, here, there, says):
    add_cell(theirs, A, auroc=there)
    add_cell(ours, A, auroc=here)
    (outcome,) = merge(theirs, ours)
    assert outcome.kind == "conflict"
    assert outcome.cause == f"1 of 4 values differ: image auroc {says}"


@pytest.mark.parametrize("with_models", [True, False])
def test_theirs_can_be_preferred_and_no_model_lies_under_results_of_another(
    ours, theirs, with_models
):
    add_cell(theirs, A, made="2")
    add_cell(ours, A, made="1")
    assert kinds(merge(theirs, ours, prefer="theirs", with_models=with_models)) == {A: "replaced"}
    model = '{"record": {"made": "2"}}' if with_models else None
    assert made(ours, A) == ('{"made": "2"}', model)


def test_ours_can_be_preferred(ours, theirs):
    add_cell(theirs, A, made="2")
    add_cell(ours, A, made="1")
    assert kinds(merge(theirs, ours, prefer="ours")) == {A: "kept"}
    assert made(ours, A)[0] == '{"made": "1"}'


def test_results_of_other_images_are_never_taken(ours, theirs):
    for store, sha256 in ((ours, "one"), (theirs, "two")):
        add_manifest(store, "part", sha256=sha256)
    add_cell(theirs, A)
    (outcome,) = merge(theirs, ours, prefer="theirs")
    assert outcome.kind == "conflict"
    assert outcome.cause.startswith("other images of part: digest ")
    assert ours.cell_ids() == []


def test_images_in_another_place_are_the_same(ours, theirs):
    for store, root in ((ours, "/here"), (theirs, "D:/there")):
        add_manifest(store, "part", root=root)
    add_cell(theirs, A)
    assert kinds(merge(theirs, ours)) == {A: "copied"}
    assert ours.samples("demo")["image_path"].str.startswith("/here").all()


def test_a_manifest_is_taken_over_for_the_categories_that_have_none_here(ours, theirs):
    add_manifest(theirs, "part", "other")
    add_manifest(ours, "fabric", root="/here")
    add_cell(theirs, A)
    merge(theirs, ours)
    assert sorted(ours.samples("demo")["category"].unique()) == ["fabric", "part"]


def test_what_is_not_finished_there_is_left_out(ours, theirs):
    add_cell(theirs, A, state="failed", cause="no memory")
    add_cell(theirs, B, stages={"fit": "fit-1"})
    assert kinds(merge(theirs, ours)) == {A: "unfinished", B: "unfinished"}
    assert ours.cell_ids() == []


def test_what_is_not_finished_here_is_replaced_and_keeps_a_model_of_the_same_fit(ours, theirs):
    for cell_id in (A, B):
        add_cell(theirs, cell_id, made="1")
    add_cell(ours, A, made="3", state="failed", stages={"fit": "fit-1"})
    add_cell(ours, B, made="3", state="failed", stages={"fit": "fit-3"})
    assert kinds(merge(theirs, ours)) == {A: "copied", B: "copied"}
    assert made(ours, A) == ('{"made": "1"}', '{"record": {"made": "3"}}')
    assert made(ours, B) == ('{"made": "1"}', None)


@pytest.mark.parametrize("rename", [1, 2])
def test_a_merge_that_is_killed_loses_nothing(ours, theirs, monkeypatch, rename):
    from pathlib import Path

    add_cell(theirs, A, made="2")
    add_cell(ours, A, made="1")
    original, left = Path.rename, iter(range(rename - 1, -1, -1))

    def killed(*arguments):
        if next(left, 1) == 0:
            raise KeyboardInterrupt
        return original(*arguments)

    monkeypatch.setattr(Path, "rename", killed)
    with pytest.raises(KeyboardInterrupt):
        merge(theirs, ours, prefer="theirs")
    monkeypatch.setattr(Path, "rename", original)
    shutil.rmtree(theirs.ledger.folder(A))
    merge(theirs, ours)
    assert made(ours, A)[0] == '{"made": "1"}'
    assert [path.name for path in ours.ledger.folder(A).parent.iterdir()] == ["s0"]


def test_a_cell_that_changes_while_it_is_copied_is_not_taken(ours, theirs, monkeypatch):
    add_cell(theirs, A, made="1")
    original = shutil.copytree

    def changing(source, target):
        theirs.ledger.write(A, Entry("running"))
        return original(source, target)

    monkeypatch.setattr(shutil, "copytree", changing)
    (outcome,) = merge(theirs, ours)
    assert "merge again" in outcome.cause
    assert ours.cell_ids() == []


def test_imported_results_merge_too(ours, theirs):
    add_cell(theirs, A, stages={IMPORTED: "1"})
    add_cell(theirs, B, stages={IMPORTED: "1"})
    add_cell(ours, B, stages={IMPORTED: "2"})
    outcomes = merge(theirs, ours)
    assert kinds(outcomes) == {A: "copied", B: "conflict"}
    assert outcomes[1].cause == "other fingerprint of import: 2 here, 1 there"


def test_a_store_that_a_run_writes_to_is_left_alone(ours, theirs):
    add_cell(theirs, A)
    add_cell(ours, B)
    with FileLock(ours.results / ".lock"), pytest.raises(DataError, match="Another run"):
        merge(theirs, ours)


def test_a_store_is_not_merged_into_itself(ours):
    add_cell(ours, A)
    with pytest.raises(DataError, match="into itself"):
        merge(ours, ours)
