import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from iadbe.errors import DataError
from iadbe.models.yolo.staging import defect_boxes, stage
from iadbe.samples import Sample, Samples
from iadbe.testing.drawn import draw_dataset

SIZE = 64


@pytest.fixture
def frame(tmp_path):
    (tmp_path / "drawn").mkdir()
    drawn = draw_dataset(tmp_path / "drawn", SIZE)
    return drawn[drawn["split"] == "train"]


def test_images_are_staged_without_loss_and_normal_ones_are_backgrounds(frame, tmp_path):
    samples = Samples(frame, SIZE, labelled=True)
    stage(samples, tmp_path, SIZE, balance=False)
    for n, sample in enumerate(samples):
        with Image.open(tmp_path / "images" / f"{n:06d}.png") as staged:
            assert np.array_equal(np.asarray(staged), np.round(sample.image * 255))
        lines = (tmp_path / "labels" / f"{n:06d}.txt").read_text().splitlines()
        assert len(lines) == sample.label


def test_balance_repeats_images_with_defects_in_the_list(frame, tmp_path):
    samples = Samples(frame, SIZE, labelled=True)
    listed = stage(samples, tmp_path, SIZE, balance=True).read_text().splitlines()
    assert len(set(listed)) == len(samples)
    assert len(listed) == 20 + 3 * 6


def test_the_label_is_the_centre_and_size_of_the_box(frame, tmp_path):
    row = frame[frame["label"] == 1].iloc[[0]].assign(boxes=json.dumps([[0.1, 0.2, 0.3, 0.8]]))
    stage(Samples(row, SIZE, labelled=True), tmp_path, SIZE, balance=False)
    assert (tmp_path / "labels/000000.txt").read_text().split() == [
        "0", "0.200000", "0.500000", "0.200000", "0.600000",
    ]  # fmt: skip


def test_without_boxes_each_connected_region_of_the_mask_is_one(tmp_path):
    mask = np.zeros((10, 20), dtype=np.uint8)
    mask[1:3, 2:6] = 1
    mask[3, 6] = 1  # touches the first region at a corner
    mask[8, 15:20] = 1
    Image.fromarray(mask).save(tmp_path / "mask.png")
    sample = Sample("a", tmp_path / "a.png", 20, label=1, mask_path=tmp_path / "mask.png")
    # the mask is read at 20 x 20: every row twice
    assert defect_boxes(sample) == ((0.1, 0.1, 0.35, 0.4), (0.75, 0.8, 1.0, 0.9))


def test_training_without_any_defect_is_refused(frame, tmp_path):
    normal = Samples(frame[frame["label"] == 0], SIZE, labelled=True)
    with pytest.raises(DataError, match="20 training samples shows a defect"):
        stage(normal, tmp_path, SIZE, balance=True)


def test_a_defect_without_a_place_is_left_out(frame, tmp_path):
    unplaced = frame.assign(boxes=None, mask_path=None).iloc[18:22]
    placed = frame.iloc[[25]]
    rows = pd.concat([unplaced, placed])
    listed = stage(Samples(rows, SIZE, labelled=True), tmp_path, SIZE, balance=False)
    assert [Path(line).stem for line in listed.read_text().splitlines()] == [
        "000000",
        "000001",
        "000004",
    ]
