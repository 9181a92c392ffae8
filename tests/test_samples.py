import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from iadbe.samples import Samples


@pytest.fixture
def frame(tmp_path: Path) -> pd.DataFrame:
    mask = np.zeros((10, 20), dtype=np.uint8)
    mask[:, :10] = 255
    Image.fromarray(mask).save(tmp_path / "mask.png")
    for name in "abc":
        Image.new("RGB", (20, 10), (255, 0, 0)).save(tmp_path / f"{name}.png")
    return pd.DataFrame(
        {
            "sample_id": ["a", "b", "c"],
            "label": [0, 1, 1],
            "defect_type": ["good", "cut", "cut"],
            "image_path": [str(tmp_path / f"{name}.png") for name in "abc"],
            "mask_path": [None, str(tmp_path / "mask.png"), None],
            "mask_sha256": [None, "0", None],
            "boxes": [None, json.dumps([[0, 0, 0.5, 1]]), None],
        },
        index=[7, 8, 9],
    )


def test_images_come_at_the_common_size(frame: pd.DataFrame) -> None:
    images = [sample.image for sample in Samples(frame, 8)]
    assert [image.shape for image in images] == [(8, 8, 3)] * 3
    assert all((image == [1, 0, 0]).all() for image in images)


def test_what_a_model_may_not_see_is_not_there(frame: pd.DataFrame) -> None:
    samples = Samples(frame, 8)
    assert set(samples.frame.columns) == {"sample_id", "image_path"}
    for sample in samples:
        seen = (sample.label, sample.defect_type, sample.mask_path, sample.mask, sample.boxes)
        assert seen == (None,) * 5


def test_labelled_samples(frame: pd.DataFrame) -> None:
    normal, marked, unmarked = Samples(frame, 8, labelled=True)
    assert (normal.label, marked.label, marked.defect_type) == (0, 1, "cut")
    assert normal.mask.shape == (8, 8)
    assert not normal.mask.any()
    assert marked.mask[:, :4].all()
    assert not marked.mask[:, 4:].any()
    assert marked.boxes == ((0, 0, 0.5, 1),)
    assert unmarked.mask is None
    assert unmarked.boxes is None


@pytest.mark.parametrize("labelled", [True, False])
def test_a_slice_shows_no_more_than_the_whole(frame: pd.DataFrame, labelled: bool) -> None:
    part = Samples(frame, 8, labelled=labelled)[1:]
    assert [sample.sample_id for sample in part] == ["b", "c"]
    assert (part[0].label is not None) == labelled
    assert part[-1].sample_id == "c"
    assert part.size == 8


def test_iteration_ends_and_an_index_beyond_raises(frame: pd.DataFrame) -> None:
    samples = Samples(frame, 8)
    assert len(list(samples)) == len(samples) == 3
    with pytest.raises(IndexError):
        samples[3]
