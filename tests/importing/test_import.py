import json

import pandas as pd
import pytest

from iadbe.errors import DataError
from iadbe.importing import write_report
from iadbe.importing.leakage import early_stopped, leakage_of
from iadbe.metrics.overall import overall
from iadbe.schemas import LeaderboardSchema, MetricsSchema, RunsSchema
from stores import add_cell

from .conftest import COMMAND, LOGS


def values(found):
    rows = found.metrics.to_dict("records")
    return {(row["model"], row["level"], row["metric"]): row for row in rows}


def test_numbers_are_exactly_those_of_the_logs(imported):
    rows = values(imported())
    assert {key: row["value"] for key, row in rows.items() if key[2] != "auroc"} == {
        ("draem", "image", "pro"): 1.0,
        ("draem", "region", "pro_at_f1_max"): 0.21528366208076477,
        ("draem", "system", "fit_seconds"): 2658.46,
        ("padim", "image", "f1"): 0.7,
        ("padim", "system", "fit_seconds"): 7.68,
        ("yolov8", "region", "precision"): 0.994,
        ("yolov8", "region", "recall"): 0.933,
        ("yolov8", "region", "map50"): 0.985,
        ("yolov8", "region", "map50_95"): 0.544,
    }
    assert rows["draem", "image", "auroc"]["value"] == 0.9144800305366516
    assert rows["padim", "image", "auroc"]["value"] == 0.8024725317955017


def test_a_number_that_is_none_is_null_with_its_reason_and_nothing_is_made_up(imported):
    found = imported()
    nan = values(found)["draem", "pixel", "auroc"]
    assert pd.isna(nan["value"])
    assert nan["reason"] == "the log prints no finite number"
    assert found.metrics[["ci_low", "ci_high"]].isna().all(axis=None)
    assert "test_loss" not in set(found.metrics["metric"])


def test_leakage_is_stamped_by_what_the_log_shows(imported):
    stamps = {key: row["leakage"] for key, row in values(imported()).items()}
    assert stamps["draem", "image", "auroc"] == "early stop"
    assert stamps["draem", "region", "pro_at_f1_max"] == "early stop"
    assert stamps["draem", "system", "fit_seconds"] == "none"
    assert stamps["padim", "image", "auroc"] == "none"
    assert stamps["padim", "image", "f1"] == "threshold"
    assert stamps["yolov8", "region", "map50"] == "model selection"


def test_runs_have_status_cause_supervision_and_nothing_that_is_not_known(imported):
    runs = RunsSchema.validate(imported().runs).set_index("cell")
    assert runs["status"].to_dict() == {
        "btech.draem.01.s0": "done",
        "btech.draem.02.s0": "failed",
        "cardboard.yolov8.cardboard.s0": "done",
        "kolektor.padim.kolektor.s0": "done",
    }
    failed = runs.loc["btech.draem.02.s0"]
    assert failed["cause"] == "train_test_btech_draem.log:17: RuntimeError: no features"
    assert runs["supervision"].fillna("").to_dict() == {
        "btech.draem.01.s0": "unsupervised",
        "btech.draem.02.s0": "unsupervised",
        "cardboard.yolov8.cardboard.s0": "supervised",
        "kolektor.padim.kolektor.s0": "",  # its entry in the test has a mistake
    }
    assert runs.loc["btech.draem.01.s0", "started_at"] == "2024-07-04T10:15:33"
    assert runs.loc["cardboard.yolov8.cardboard.s0", "plugin_version"] == "Ultralytics 8.2.71"
    assert runs["environment"].isna().all()


def test_the_record_says_where_every_number_stands(imported):
    imported()
    file = imported.store.results / "btech/draem/01/s0/run.json"
    source = json.loads(file.read_text("utf-8"))["source"]
    assert source["file"] == "train_test_btech_draem.log"
    assert source["begins_at_line"] == 1
    lines = COMMAND.splitlines()
    assert {name: lines[number - 1].split()[1] for name, number in source["lines"].items()} == {
        "image_auroc": "image_AUROC",
        "image_pro": "image_PRO",
        "pixel_auroc": "pixel_AUROC",
        "pixel_pro": "pixel_PRO",
        "test_loss": "test_loss",
    }
    assert source["left_out"] == ["test_loss"]
    assert source["seed"] is None
    assert source["chosen_on_test"] == (
        "78 of 700 epochs were begun (line 5), and no limit was reached"
    )


def test_the_reporting_folder_is_that_of_a_benchmark(imported, tmp_path):
    folder = tmp_path / "report"
    report = write_report(folder, "source", imported(), "iadbe runs import logs --as source")
    MetricsSchema.validate(pd.read_parquet(folder / "metrics.parquet"))
    RunsSchema.validate(pd.read_parquet(folder / "runs.parquet"))
    board = LeaderboardSchema.validate(pd.read_csv(folder / "leaderboard.csv"))
    assert set(board["model"]) == {"draem", "padim", "yolov8"}
    html = report.read_text("utf-8")
    assert "console logs of others" in html
    assert "iadbe runs import" in html
    assert "\u2013\u00a0ms an image" not in html


def test_the_store_can_be_read_as_ours(imported):
    imported()
    store = imported.store
    cell = "kolektor.padim.kolektor.s0"
    assert store.is_complete(cell, store.ledger.read(cell))
    assert overall(store.metrics(cell))["value"].tolist() == [0.8024725317955017, 0.7, 7.68]


def test_a_second_import_replaces_the_first(imported):
    imported()
    found = imported({name: LOGS[name] for name in LOGS} | {"train_test_btech_draem.log": ""})
    assert imported.store.cell_ids() == sorted(found.runs["cell"])
    assert "btech" not in set(found.runs["dataset"])


def test_runs_of_the_same_cell_are_counted_and_failures_before_a_result_noted(imported):
    failing = COMMAND[COMMAND.index("Running command: anomalib train", 5) :].replace("02", "01")
    found = imported({"train_test_btech_draem.log": failing + COMMAND + COMMAND})
    cells = found.runs.set_index("cell")["status"].to_dict()
    assert cells == {
        "btech.draem.01.s0": "done",
        "btech.draem.01.s1": "done",
        "btech.draem.02.s0": "failed",
    }
    file = imported.store.results / "btech/draem/01/s1/run.json"
    assert json.loads(file.read_text("utf-8"))["source"]["runs_without_result"] == 1


def test_a_model_from_another_category_is_another_model_chosen_on_other_images(imported):
    tested = (
        COMMAND.replace("anomalib train", "anomalib test")
        .replace("Epoch 77/699", "")
        .replace("[07/04/24 11:01:28] INFO     Training took 2658.46 seconds", "")
    )
    logs = {
        "train_test_btech_draem.log": COMMAND,
        "test_btech_draem_01.log": tested,
        "test_btech_draem_03.log": tested,
    }
    found = imported(logs)
    stamps = {key: row["leakage"] for key, row in values(found).items()}
    assert stamps["draem_from_01", "image", "auroc"] == "early stop"  # of its training's log
    assert stamps["draem_from_03", "image", "auroc"] == "none"
    assert stamps["draem_from_03", "region", "pro_at_f1_max"] == "none"


def test_early_stops_are_known_by_cell(imported):
    run = imported().cells[0].run
    assert early_stopped([run]) == {("btech", "draem", "01")}
    run.training.limit = 5
    assert early_stopped([run]) == set()
    assert leakage_of(run, "auroc", set()) == "none"


def test_results_that_were_computed_are_not_overwritten(imported):
    add_cell(imported.store, "demo.a.part.s0")
    with pytest.raises(DataError, match="another name"):
        imported()
    assert imported.store.cell_ids() == ["demo.a.part.s0"]


def test_tables_alone_are_refused(imported):
    with pytest.raises(DataError, match="name console logs"):
        imported({"a.md": "## Image AUROC on MVTec\n| | screw |\n|---|---|\n| PaDiM | 90 |\n"})


def test_a_logged_result_that_is_none_passes_no_gate(imported):
    guessing = LOGS["train_test_kolektor_padim.log"].replace("0.8024725317955017", "0.5")
    found = imported({"train_test_kolektor_padim.log": guessing})
    (row,) = found.runs.to_dict("records")
    assert row["status"] == "degenerate"
    assert row["cause"] == "no better than guessing (image AUROC 0.500, limit 0.55)"
