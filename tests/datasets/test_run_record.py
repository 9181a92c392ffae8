from pathlib import Path

import pytest

from iadbe.datasets.run_record import RunRecordDataset
from iadbe.errors import DataError

RECORD = {"cell": {"params": {"ä": [1, None]}}, "git": None, "fit_seconds": 0.5}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "demo" / "s0" / "run.json"


def test_what_is_saved_is_loaded(file):
    dataset = RunRecordDataset(filepath=str(file))
    assert not dataset.exists()
    dataset.save(RECORD)
    assert dataset.exists()
    assert dataset.load() == RECORD
    assert [path.name for path in file.parent.iterdir()] == ["run.json"]


def test_an_interrupted_save_leaves_the_former_record(file, monkeypatch):
    dataset = RunRecordDataset(filepath=str(file))
    dataset.save(RECORD)

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        dataset.save({"other": 1})
    assert dataset.load() == RECORD


@pytest.mark.parametrize(("content", "says"), [(None, "No run record"), ("{", "cannot be read")])
def test_a_missing_or_damaged_record_says_what_to_do(file, content, says):
    if content is not None:
        file.parent.mkdir(parents=True)
        file.write_text(content)
    with pytest.raises(Exception, match=says) as caught:
        RunRecordDataset(filepath=str(file)).load()
    assert isinstance(caught.value.__cause__ or caught.value, DataError)
