from pathlib import Path

import pytest

from iadbe.errors import DataError
from iadbe.layouts.btech import index


@pytest.fixture
def root(tmp_path, draw):
    draw("01/train/ok/0000.bmp", "01/train/ok/0001.bmp", "01/test/ok/0000.bmp")
    draw("01/test/ko/0000.bmp", "01/test/ko/0001.png")
    draw("01/ground_truth/ko/0000.png", "01/ground_truth/ko/0001.bmp")
    return tmp_path


def test_official_shape(root):
    frame = index(root, "01").set_index("sample_id")
    assert frame[["split", "label", "defect_type"]].to_dict("index") == {
        "01/test/ko/0000.bmp": {"split": "test", "label": 1, "defect_type": "ko"},
        "01/test/ko/0001.png": {"split": "test", "label": 1, "defect_type": "ko"},
        "01/test/ok/0000.bmp": {"split": "test", "label": 0, "defect_type": "good"},
        "01/train/ok/0000.bmp": {"split": "train", "label": 0, "defect_type": "good"},
        "01/train/ok/0001.bmp": {"split": "train", "label": 0, "defect_type": "good"},
    }
    assert (frame["category"] == "01").all()
    masks = frame["mask_path"].dropna()
    assert masks.to_dict() == {
        "01/test/ko/0000.bmp": str(root / "01/ground_truth/ko/0000.png"),
        "01/test/ko/0001.png": str(root / "01/ground_truth/ko/0001.bmp"),
    }


def test_a_relative_root_gives_absolute_paths(root, monkeypatch):
    monkeypatch.chdir(root)
    assert index(Path(), "01").equals(index(root, "01"))


def test_a_missing_mask(root):
    (root / "01/ground_truth/ko/0001.bmp").unlink()
    with pytest.raises(DataError, match=r"01: 1 image without a mask \(test/ko/0001.png\)"):
        index(root, "01")


def test_no_masks_at_all(root):
    for mask in (root / "01/ground_truth/ko").iterdir():
        mask.unlink()
    with pytest.raises(DataError, match=r"2 images without a mask.*download complete"):
        index(root, "01")


def test_a_mask_without_an_image(root, draw):
    draw("01/ground_truth/ko/0007.png")
    with pytest.raises(DataError, match=r"1 mask without an image \(ground_truth/ko/0007.png\)"):
        index(root, "01")


def test_two_masks_of_one_image(root, draw):
    draw("01/ground_truth/ko/0000.bmp")
    with pytest.raises(DataError, match=r"share a name"):
        index(root, "01")


def test_no_training_images(root, draw):
    draw("02/test/ok/0.png")
    with pytest.raises(DataError, match=r"02/train/ok: no normal training images"):
        index(root, "02")


def test_no_test_images(root, draw):
    draw("02/train/ok/0.png")
    with pytest.raises(DataError, match=r"02/test: no test images"):
        index(root, "02")


def test_an_official_category_that_is_not_there(root):
    with pytest.raises(DataError, match=r"03: no such folder. Unpack BTech .*btad.zip\) into"):
        index(root, "03")


def test_a_mistyped_category(root):
    with pytest.raises(DataError, match=r"btech has no category '1'. Did you mean '0?1'\?"):
        index(root, "1")


def test_no_such_root(tmp_path):
    with pytest.raises(DataError, match=r"nowhere: no such dataset folder"):
        index(tmp_path / "nowhere", "01")


def test_a_category_of_ones_own_in_the_same_shape(root):
    (root / "01").rename(root / "press_4")
    assert len(index(root, "press_4")) == 5
