"""A dataset's folder appears whole or not at all."""

from __future__ import annotations

import pytest

from download.archives import tar_of, zip_of
from iadbe.download.catalogue import find
from iadbe.download.place import missing, place
from iadbe.download.progress import Silent
from iadbe.errors import DownloadError

MPDD = find("mpdd")
FILES = {f"{name}/test/defective/000.png": name.encode() for name in MPDD.facts.categories} | {
    "licence.txt": b"non-commercial"
}


@pytest.fixture
def put(tmp_path):
    """put(files, categories) → the files in the dataset's folder; no scratch may stay."""

    def run(files, *categories):
        archive, target = tmp_path / "MPDD.zip", tmp_path / "data"
        archive.write_bytes(zip_of(files))
        before = {path.name for path in tmp_path.iterdir()}
        try:
            place(archive, MPDD, MPDD.folders(categories), target, Silent())
        finally:
            assert {path.name for path in tmp_path.iterdir()} - before <= {"data"}
        return contents(target)

    return run


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("wrapped", ["", "MPDD/", "a/b/c/"])
def test_the_folder_holds_the_categories_however_they_are_wrapped(put, wrapped):
    junk = {"__MACOSX/._x": b"", f"__MACOSX/{wrapped}tubes/test/._000.png": b""}
    assert put({f"{wrapped}{name}": content for name, content in FILES.items()} | junk) == FILES


def test_the_folder_can_be_read_by_others_as_any_new_one(put, tmp_path):
    put(FILES)
    (tmp_path / "other").mkdir()
    assert (tmp_path / "data").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_an_empty_folder_is_filled(put, tmp_path):
    (tmp_path / "data").mkdir()
    assert put(FILES) == FILES


def test_only_chosen_categories_are_unpacked(put, tmp_path):
    assert put(FILES, "tubes", "connector").keys() == {
        "tubes/test/defective/000.png",
        "connector/test/defective/000.png",
        "licence.txt",
    }
    assert missing(tmp_path / "data", MPDD.folders(["tubes"])) == []
    assert len(missing(tmp_path / "data", MPDD.folders())) == 4


def test_what_is_there_stays_as_it_is(put, tmp_path):
    mine = tmp_path / "data/tubes/test/defective/mine.png"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    expected = {name: content for name, content in FILES.items() if "tubes" not in name}
    assert put(FILES) == expected | {"tubes/test/defective/mine.png": b"mine"}


@pytest.mark.parametrize(
    ("files", "lacking"),
    [
        ({name: b"" for name in FILES if "tubes" not in name}, "lack tubes"),
        ({"train/good/0.png": b""}, "lack bracket_black, bracket_brown, bracket_white, …"),
        ({f"a/b/c/d/{name}": b"" for name in FILES}, "lack bracket_black, "),
    ],
)
def test_an_archive_of_something_else_leaves_no_folder(put, tmp_path, files, lacking):
    with pytest.raises(DownloadError, match=f"not the whole dataset: its folders {lacking}"):
        put(files)
    assert not (tmp_path / "data").exists()


def test_a_malicious_archive_leaves_no_folder(put, tmp_path):
    with pytest.raises(DownloadError, match="leads out of the folder"):
        put(FILES | {"../../evil": b""})
    assert not (tmp_path / "data").exists()


def test_the_scratch_of_a_run_that_was_killed_is_removed(put, tmp_path):
    (tmp_path / ".data.unpacking-abc/dataset").mkdir(parents=True)
    put(FILES)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["MPDD.zip", "data"]


def test_a_shared_folder_comes_with_any_category(tmp_path):
    visa, archive = find("visa"), tmp_path / "VisA.tar"
    archive.write_bytes(
        tar_of({"pcb1/Data/x": b"", "pcb2/Data/x": b"", "split_csv/1cls.csv": b""}, "w")
    )
    place(archive, visa, visa.folders(["pcb2"]), tmp_path / "VisA", Silent())
    assert contents(tmp_path / "VisA").keys() == {"pcb2/Data/x", "split_csv/1cls.csv"}
