import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from iadbe.errors import DataError
from iadbe.models.yolo.staging import stage
from iadbe.samples import Samples
from iadbe.testing.drawn import draw_dataset

SIZE = 64


@pytest.fixture
def frame(tmp_path):
    (tmp_path / "drawn").mkdir()
    drawn = draw_dataset(tmp_path / "drawn", SIZE)
    return drawn[drawn["split"] == "train"]


def test_images_are_staged_without_loss_and_normal_ones_are_backgrounds(frame, tmp_path):
    samples = Samples(frame, SIZE, labelled=True)
    stage(samples, tmp_path, "detect", balance=False)
    for n, sample in enumerate(samples):
        with Image.open(tmp_path / "images" / f"{n:06d}.png") as staged:
            assert np.array_equal(np.asarray(staged), np.round(sample.image * 255))
        lines = (tmp_path / "labels" / f"{n:06d}.txt").read_text().splitlines()
        assert len(lines) == sample.label


def test_balance_repeats_images_with_defects_in_the_list(frame, tmp_path):
    samples = Samples(frame, SIZE, labelled=True)
    stage(samples, tmp_path, "detect", balance=True)
    listed = (tmp_path / "train.txt").read_text().splitlines()
    assert len(set(listed)) == len(samples)
    assert len(listed) == 20 + 3 * 6


def test_the_label_is_the_centre_and_size_of_the_box(frame, tmp_path):
    row = frame[frame["label"] == 1].iloc[[0]].assign(boxes=json.dumps([[0.1, 0.2, 0.3, 0.8]]))
    stage(Samples(row, SIZE, labelled=True), tmp_path, "detect", balance=False)
    assert (tmp_path / "labels/000000.txt").read_text().split() == [
        "0", "0.200000", "0.500000", "0.200000", "0.600000",
    ]  # fmt: skip


def test_training_without_any_defect_is_refused(frame, tmp_path):
    normal = Samples(frame[frame["label"] == 0], SIZE, labelled=True)
    with pytest.raises(DataError, match="20 training samples shows a defect"):
        stage(normal, tmp_path, "detect", balance=True)


def test_a_defect_without_a_place_is_left_out(frame, tmp_path):
    unplaced = frame.assign(boxes=None, mask_path=None).iloc[18:22]
    placed = frame.iloc[[25]]
    rows = pd.concat([unplaced, placed])
    stage(Samples(rows, SIZE, labelled=True), tmp_path, "detect", balance=False)
    assert [Path(line).stem for line in (tmp_path / "train.txt").read_text().splitlines()] == [
        "000000",
        "000001",
        "000004",
    ]


def test_a_segmenter_gets_outlines(frame, tmp_path):
    stage(Samples(frame, SIZE, labelled=True), tmp_path, "segment", balance=False)
    lines = [len(file.read_text().split()) for file in sorted((tmp_path / "labels").iterdir())]
    assert lines[:20] == [0] * 20
    assert all(length > 9 for length in lines[20:])  # a blob has more corners than a box


def test_a_classifier_gets_a_folder_a_class(frame, tmp_path):
    stage(Samples(frame, SIZE, labelled=True), tmp_path, "classify", balance=True)
    found = {name: sorted((tmp_path / "train" / name).iterdir()) for name in ("good", "defect")}
    assert len(found["good"]) == 20
    assert len(found["defect"]) == 3 * 6
    assert len({file.read_bytes() for file in found["defect"]}) == 6


@pytest.mark.parametrize("label", [0, 1])
def test_a_classifier_needs_both_classes(frame, tmp_path, label):
    one = Samples(frame[frame["label"] == label], SIZE, labelled=True)
    with pytest.raises(DataError, match=f"{20 - 20 * label} are normal and {6 * label} anomalous"):
        stage(one, tmp_path, "classify", balance=True)
