"""Each thing that can be wrong, planted in a dataset that is clean without it."""

from __future__ import annotations

import io
import shutil

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from iadbe.audit.duplicates import near_pairs
from iadbe.audit.run import audit, refuse_errors, without_errors
from iadbe.errors import DataError
from iadbe.schemas import AuditSchema

from .conftest import picture


def test_a_clean_dataset_has_no_findings(raw):
    table = raw.audit()
    AuditSchema.validate(table)
    assert table.empty


def _break(path):
    path.write_bytes(path.read_bytes()[:100])


def _deep(path):
    rng = np.random.default_rng(1)
    Image.fromarray(rng.integers(0, 65536, (64, 64), dtype=np.uint16)).save(path)


def _turned(path):
    exif = Image.Exif()
    exif[0x0112] = 3
    picture(7000).save(path, exif=exif)


def _alpha(path):
    picture(7001).convert("RGBA").save(path)


def _other_size(path):
    picture(7002, edge=80).save(path)


@pytest.mark.parametrize(
    ("spoil", "severity", "rule"),
    [
        (_break, "error", "unreadable"),
        (_deep, "info", "deep_pixels"),
        (_turned, "info", "rotated"),
        (_alpha, "info", "alpha"),
        (_other_size, "info", "mixed_sizes"),
    ],
)
def test_odd_pixels(raw, spoil, severity, rule):
    spoil(raw.root / "part/train/good/003.png")
    table = raw.audit()
    assert list(zip(table["severity"], table["rule"], strict=True)) == [(severity, rule)]
    assert table["remedy"].str.len().min() > 10


def test_cmyk(raw):
    (raw.root / "part/train/good/003.png").unlink()
    picture(7003).convert("CMYK").save(raw.root / "part/train/good/003.tif")
    assert raw.found() == {("warning", "cmyk")}


@pytest.mark.parametrize(
    ("changes", "severity", "rule"),
    [
        ({"size": (32, 32)}, "error", "mask_size"),
        ({"box": (0, 0, 0, 0)}, "error", "mask_empty"),
        ({"box": (0, 0, 64, 64)}, "warning", "mask_full"),
    ],
)
def test_masks_that_contradict_their_image(raw, changes, severity, rule):
    path = raw.mask(4, **changes)
    table = raw.audit()
    assert list(zip(table["severity"], table["rule"], table["path"], strict=True)) == [
        (severity, rule, str(path))
    ]


def test_a_normal_image_whose_mask_marks_a_defect(raw):
    files = raw.files()
    normal = files.index[files["label"] == 0][0]
    files.loc[normal, "mask_path"] = str(raw.mask(0))
    assert ("error", "label_contradicts_mask") in raw.found(files)


def test_masks_missing_where_others_have_one(raw):
    files = raw.files()
    bare = files.index[files["label"] == 1][2]
    files.loc[bare, "mask_path"] = None
    assert ("warning", "mask_missing") in raw.found(files)
    assert not {rule for _, rule in raw.found(files.assign(mask_path=None))} & {"mask_missing"}


@pytest.mark.parametrize(
    ("source", "target", "severity", "rule"),
    [
        ("train/good/000.png", "train/good/900.png", "warning", "duplicate"),
        ("train/good/000.png", "test/good/900.png", "error", "duplicate_leak"),
        ("test/scratch/000.png", "test/good/900.png", "error", "duplicate_contradicts"),
    ],
)
def test_the_same_bytes_twice(raw, source, target, severity, rule):
    shutil.copy(raw.root / "part" / source, raw.root / "part" / target)
    assert raw.found() == {(severity, rule)}


@pytest.mark.parametrize("quality", [95, 80])
def test_a_copy_that_was_encoded_again(raw, quality):
    original = raw.root / "part/train/good/000.png"
    encoded = io.BytesIO()
    Image.open(original).save(encoded, "JPEG", quality=quality)
    Image.open(encoded).save(raw.root / "part/test/good/900.png")
    assert raw.found() == {("warning", "near_duplicate_leak")}
    shutil.move(raw.root / "part/test/good/900.png", raw.root / "part/train/good/900.png")
    assert raw.found() == {("info", "near_duplicate")}


def test_textures_without_structure_are_no_duplicates(raw):
    rng = np.random.default_rng(3)
    for n in range(20):
        noise = 128 + rng.normal(0, 8, (64, 64, 3))
        Image.fromarray(noise.astype(np.uint8)).save(raw.root / f"part/train/good/{n:03d}.png")
    assert raw.audit().empty


def test_near_pairs_are_those_of_all_distances():
    rng = np.random.default_rng(5)
    pixels = np.clip(rng.normal(128, 60, (2100, 64)), 0, 255).astype(np.float32)
    for two, one in ((700, 3), (1500, 3), (2099, 2098)):
        pixels[two] = pixels[one] + rng.choice([-1, 1], 64)
    distances = np.sqrt(((pixels[:, None, :] - pixels[None]) ** 2).mean(axis=2))
    expected = {(i, j) for j, i in np.argwhere(distances <= 1.5) if i < j}
    found = set(near_pairs(pixels))
    assert found <= expected
    assert {j for _, j in found} == {j for _, j in expected} == {700, 1500, 2099}


def test_tiny_splits(raw):
    for kind in ("train/good", "test/good", "test/scratch"):
        for path in sorted((raw.root / "part" / kind).iterdir())[2:]:
            path.unlink()
    for path in sorted((raw.root / "part/ground_truth/scratch").iterdir())[2:]:
        path.unlink()
    rules = {"few_training", "few_normal_test", "few_anomalous_test"}
    assert raw.found() == {("warning", rule) for rule in rules}


def test_files_that_no_rule_matched(raw):
    (raw.root / "part/train/good/notes.docx").write_text("hello")
    (raw.root / "part/train/good/.hidden").write_text("hello")
    (raw.root / "part/readme.txt").write_text("hello")
    [row] = raw.audit().to_dict("records")
    assert (row["severity"], row["rule"]) == ("info", "unmatched")
    assert row["path"] == str(raw.root / "part/train/good")
    assert "1 files that no rule of the layout matches: notes.docx" in row["message"]


def test_errors_stop_in_one_message_or_their_files_are_left_out(raw):
    _break(raw.root / "part/train/good/003.png")
    raw.mask(4, size=(32, 32))
    files, findings = raw.files(), raw.audit()
    with pytest.raises(DataError, match=r"2 files of shop.*003\.png.*leave_out_errors: true"):
        refuse_errors(findings)
    left = without_errors(files, findings)
    assert len(left) == len(files) - 2
    refuse_errors(raw.audit(left))


def test_one_image_is_enough_to_audit(raw):
    files = raw.files().iloc[:1]
    assert {rule for _, rule in raw.found(files)} >= {"few_training"}


def test_nothing_at_all(raw):
    empty = raw.files().iloc[:0]
    assert isinstance(audit("shop", empty, {}, raw.root), pd.DataFrame)


def test_drawn_anomalies_are_said_to_be_drawn_and_are_no_duplicates(raw):
    source = raw.root / "part/test/good/000.png"
    Image.open(source).save(raw.root / "part/test/scratch/000.png")
    files = raw.files()
    drawn = files["image_path"].str.endswith("scratch/000.png")
    [row] = raw.audit(files.assign(synthetic=drawn)).to_dict("records")
    assert (row["severity"], row["rule"]) == ("warning", "synthetic")
    assert row["message"] == "1 of 10 anomalous images are synthetic"
