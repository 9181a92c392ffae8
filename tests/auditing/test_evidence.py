import pytest

from iadbe.auditing import gather
from iadbe.errors import DataError


def test_folders_are_searched_and_files_read_once(written, table, log):
    folder = written({"a.md": table("PaDiM 90 91 90.5"), "b.log": log(screw=0.9), "c.png": ""})
    evidence = gather([folder, folder / "a.md"])
    assert len(evidence.tables) == 1
    assert len(evidence.runs) == 1


@pytest.mark.parametrize("name", ["missing.md", "picture.png"])
def test_what_cannot_be_audited_is_refused(written, name):
    folder = written({"picture.png": ""})
    with pytest.raises(DataError, match=name):
        gather([folder / name])


def test_nothing_to_audit_is_an_error_and_not_silence(written):
    with pytest.raises(DataError, match="no table of results"):
        gather([written({"a.md": "| a | b |\n|---|---|\n| 1 | 2 |\n"})])
