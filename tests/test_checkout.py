"""The commit that a run was made from."""

import shutil
import subprocess

import pytest

from iadbe.checkout import git_state


@pytest.fixture
def checkout(tmp_path):
    if shutil.which("git") is None:
        pytest.skip("no git on this machine")
    file = tmp_path / "conf" / "benchmark.yml"
    file.parent.mkdir()
    file.write_text("a: 1\n")
    who = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "first"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    return tmp_path


def test_a_clean_checkout(checkout):
    state = git_state(checkout / "conf")
    assert len(state["commit"]) == 40
    assert state["dirty"] is False


def test_a_changed_file_makes_it_dirty_and_a_new_one_does_not(checkout):
    (checkout / "notes.txt").write_text("new")
    assert git_state(checkout)["dirty"] is False
    (checkout / "conf" / "benchmark.yml").write_text("a: 2\n")
    assert git_state(checkout)["dirty"] is True


def test_a_folder_outside_of_any_checkout(tmp_path):
    assert git_state(tmp_path) is None


def test_a_machine_without_git(checkout, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert git_state(checkout) is None


def test_a_folder_that_is_not_there(tmp_path):
    assert git_state(tmp_path / "gone") is None
