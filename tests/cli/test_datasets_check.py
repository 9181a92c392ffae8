"""`iadbe datasets check`, as a user types it."""

from __future__ import annotations

import shutil

import pandas as pd

from project import new_project


def test_check_finds_what_is_wrong_and_says_so_by_its_exit_code(shell, tmp_path):
    new_project(tmp_path, toy={})
    clean = shell("iadbe", "datasets", "check", folder=tmp_path)
    assert "demo: 2 categories, 2 findings" in clean  # few images, which is no error
    images = sorted((tmp_path / "raw/fabric/train/good").glob("*.png"))
    images[0].write_bytes(images[0].read_bytes()[:50])
    shutil.copy(images[1], tmp_path / "raw/fabric/test/good/copy.png")
    options = ("demo", "--csv", "findings.csv")
    output = shell("iadbe", "datasets", "check", *options, folder=tmp_path, code=1)
    assert "unreadable (1)" in output
    assert "duplicate_leak (1)" in output
    assert "leave_out_errors: true" in output
    findings = pd.read_csv(tmp_path / "findings.csv")
    assert set(findings.loc[findings["severity"] == "error", "rule"]) == {
        "unreadable",
        "duplicate_leak",
    }


def test_check_of_a_dataset_that_is_not_there(shell, tmp_path):
    new_project(tmp_path, toy={})
    output = shell("iadbe", "datasets", "check", "dmo", folder=tmp_path, code=1)
    assert "no dataset 'dmo'; did you mean 'demo'" in output
