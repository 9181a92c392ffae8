import os

import pytest

from iadbe.cells import stages
from iadbe.cells.fingerprint import STAGES_BEFORE
from iadbe.cells.ledger import Entry, Ledger, is_fresh
from iadbe.errors import DataError

CELL = "demo.padim.fabric.s0"
EXPECTED = {stage: f"{stage}-1" for stage in STAGES_BEFORE}


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path)


def test_an_entry_survives_writing(ledger):
    entry = Entry("finished", stages=EXPECTED, seconds=1.5)
    ledger.write(CELL, entry)
    assert ledger.read(CELL) == entry
    assert [file.name for file in ledger.folder(CELL).iterdir()] == ["ledger.json"]


@pytest.mark.parametrize("content", ["", "{", '{"state": "finished", "unknown": 1}', "[]"])
def test_an_entry_that_cannot_be_read_counts_for_nothing(ledger, content):
    ledger.write(CELL, Entry("finished", stages=EXPECTED))
    (ledger.folder(CELL) / "ledger.json").write_text(content)
    assert ledger.read(CELL) is None
    assert not is_fresh(ledger.read(CELL), "fit", EXPECTED)


def test_beginning_a_stage_strikes_out_all_that_was_built_on_it(ledger):
    entry = Entry("finished", stages=dict(EXPECTED))
    stages.begin(ledger, CELL, entry, "predict", EXPECTED)
    assert ledger.read(CELL).stages == {"fit": "fit-1"}


def test_no_stage_begins_on_a_stale_one(ledger):
    entry = Entry("finished", stages={"fit": "fit-0"})
    with pytest.raises(DataError, match="kedro run --pipelines training"):
        stages.begin(ledger, CELL, entry, "predict", EXPECTED)


def test_a_failure_keeps_the_stages_that_stand(ledger):
    entry = Entry("running", stages={"fit": "fit-1"})
    try:
        raise RuntimeError("out of\n  paper")
    except RuntimeError as error:
        stages.fail(ledger, CELL, entry, error)
    read = ledger.read(CELL)
    assert (read.state, read.cause) == ("failed", "RuntimeError: out of paper")
    assert read.stages == {"fit": "fit-1"}
    assert "Traceback" in open(read.traceback_file).read()  # noqa: PTH123, SIM115
    assert os.path.isabs(read.traceback_file)  # noqa: PTH117
