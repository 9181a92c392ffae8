"""What `iadbe runs show` prints of a cell."""

from pathlib import Path

import pytest

from iadbe.cells.history import History
from iadbe.cells.ledger import Entry
from iadbe.machine import environment
from iadbe.reporting.record import sections
from stores import metrics

CELL = "demo.a.part.s0"
RECORD = {
    "cell": {"plugin": "toy", "params": {"k": 3}, "protocol": "clean", "image_size": 64},
    "supervision": "unsupervised",
    "plugin_version": "toys==1",
    "samples": 16,
    "data": {
        "digest": "abc",
        **{split: {"normal": 4, "anomalous": 2} for split in ("train", "val", "test")},
    },
    "weights": [{"name": "timm/resnet18", "file": "r.safetensors", "sha256": "ff00"}],
    "fit_seconds": 3.0,
    "environment": environment(),
    "git": {"commit": "c0ffee", "dirty": True},
    "command": "kedro run --params models=a",
}


def shown(record=RECORD, status="done", cause=None, **entry):
    made = Entry(**({"state": "finished", "stages": {"fit": "f1"}, "seconds": 9.0} | entry))
    table, folder = metrics(CELL, 0.9), Path("results")
    history = History(CELL, status, cause, made, record, table, folder, Path("models"))
    return {title: dict(lines) for title, lines in sections(history)}


def test_all_that_the_record_holds_is_shown():
    found = shown()
    assert found["configuration"]["protocol"] == "clean"
    assert found["configuration"]["params"] == '{"k": 3}'
    assert found["data"]["digest"] == "abc"
    assert found["data"]["test"] == "4 normal, 2 anomalous"
    assert found["weights"] == {"file": "timm/resnet18", "sha256": "ff00"}
    assert "numpy" in found["machine and versions"]["packages"]
    assert found["machine and versions"]["git"] == "commit c0ffee, with uncommitted changes"
    assert found["files"] == {"results": "results", "model": "models"}
    assert found["to repeat"] == {"": "kedro run --params models=a"}
    assert found[""]["fingerprints"] == "fit f1"


def test_numbers_have_their_interval_stamp_and_reason():
    numbers = shown()["numbers"]
    assert numbers["image auroc"] == "0.9000  [0.8000, 0.9700]  n 20"
    assert numbers["image f1_max"] == "0.7500  n 20  leakage: threshold"
    assert numbers["pixel auroc"] == "–  no masks"
    assert numbers["by defect"].startswith("1 more")


def test_a_failure_shows_cause_and_traceback():
    found = shown(status="failed", cause="no memory", traceback_file="t.txt")[""]
    assert (found["status"], found["traceback"]) == ("failed: no memory", "t.txt")


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ({"environment": environment()}, "not recorded"),
        ({"environment": environment(), "git": None}, "in no git checkout"),
    ],
)
def test_what_is_not_known_is_said(record, says):
    assert says in shown(record)["machine and versions"]["git"]


def test_a_record_of_an_earlier_version_can_be_shown():
    assert "data" not in shown({})
    assert "weights" not in shown({})


def test_imported_results_show_their_source():
    source = {"file": "a.log", "lines": {"image_auroc": 7}, "seed": None}
    assert shown({"source": source})["source"] == {
        "file": "a.log",
        "lines": "image_auroc 7",
        "seed": "–",
    }
