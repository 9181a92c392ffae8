import pytest

from iadbe.errors import DataError
from iadbe.layouts.mvtec_ad_2 import index


@pytest.fixture
def root(tmp_path, draw):
    draw("can/train/good/000_regular.png", "can/validation/good/000_regular.png")
    draw("can/test_public/good/000_regular.png", "can/test_public/bad/000_shift_1.png")
    draw("can/test_public/ground_truth/bad/000_shift_1_mask.png")
    draw("can/test_private/000_regular.png", "can/test_private_mixed/000_mixed.png")
    return tmp_path


def test_official_shape_without_the_images_that_have_no_labels(root):
    frame = index(root, "can").set_index("sample_id")
    assert frame[["split", "label", "defect_type"]].apply(tuple, axis=1).to_dict() == {
        "can/test_public/bad/000_shift_1.png": ("test", 1, "bad"),
        "can/test_public/good/000_regular.png": ("test", 0, "good"),
        "can/train/good/000_regular.png": ("train", 0, "good"),
        "can/validation/good/000_regular.png": ("val", 0, "good"),
    }
    mask = root / "can/test_public/ground_truth/bad/000_shift_1_mask.png"
    assert frame["mask_path"].dropna().tolist() == [str(mask)]


def test_a_missing_mask(root):
    (root / "can/test_public/ground_truth/bad/000_shift_1_mask.png").unlink()
    with pytest.raises(DataError, match=r"1 image without a mask \(test_public/bad/000_shift"):
        index(root, "can")


def test_a_mask_without_an_image(root, draw):
    draw("can/test_public/ground_truth/bad/001_regular_mask.png")
    with pytest.raises(DataError, match=r"1 mask without an image"):
        index(root, "can")


def test_private_images_alone_are_no_test(root, draw):
    draw("vial/train/good/0.png", "vial/test_private/0.png")
    with pytest.raises(DataError, match=r"vial/test_public: no test images"):
        index(root, "vial")


def test_a_mistyped_category(root):
    with pytest.raises(DataError, match=r"Did you mean 'walnuts'"):
        index(root, "walnut")
