"""What a model may learn from."""

from __future__ import annotations

import pandas as pd
import pytest

from iadbe.benchmark.cell import Cell
from iadbe.errors import DataError
from iadbe.pipelines.training.nodes import training_samples

CELL = Cell(
    dataset="demo",
    model="yolo",
    category="part",
    seed=0,
    plugin="yolo",
    params={},
    image_size=64,
    threshold_quantile=0.95,
)
COLUMNS = ["sample_id", "category", "split", "label", "sha256"]
ROWS = [
    ("a", "part", "train", 0, "1"),
    ("b", "part", "train", 1, "2"),
    ("c", "part", "train", 1, "3"),
    ("d", "part", "val", 0, "4"),
    ("e", "part", "test", 1, "3"),
    ("f", "board", "train", 0, "5"),
    ("g", "board", "test", 0, "1"),
]


@pytest.fixture
def samples():
    frame = pd.DataFrame(ROWS, columns=COLUMNS)
    return frame.assign(image_path=frame["sample_id"], defect_type="x", mask_path=None, boxes=None)


def ids(samples, *, supervised):
    return [sample.sample_id for sample in training_samples(samples, CELL, supervised=supervised)]


def test_an_unsupervised_model_sees_normal_training_images_without_labels(samples):
    assert ids(samples, supervised=False) == ["a"]
    assert all(s.label is None for s in training_samples(samples, CELL, supervised=False))


def test_a_supervised_model_sees_no_image_of_the_test_set(samples):
    """Not even one of the same bytes under another name, in whatever category."""
    assert ids(samples, supervised=True) == ["b"]


def test_nothing_left_is_an_error(samples):
    with pytest.raises(DataError, match="no training image is left"):
        ids(samples[samples["split"] != "train"], supervised=True)


def test_a_category_that_is_not_there_is_not_one_without_training_images(samples):
    with pytest.raises(DataError, match="ingested without the category"):
        ids(samples.assign(category="elsewhere"), supervised=False)
