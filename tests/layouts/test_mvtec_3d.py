import pytest

from iadbe.errors import DataError
from iadbe.layouts.mvtec_3d import index


@pytest.fixture
def root(tmp_path, draw):
    for kind in ("train/good", "validation/good", "test/good", "test/combined", "test/hole"):
        draw(f"bagel/{kind}/rgb/000.png", f"bagel/{kind}/xyz/000.tiff")
        if kind.startswith("test"):
            draw(f"bagel/{kind}/gt/000.png", value=0 if kind == "test/good" else 9)
    return tmp_path


def test_official_shape(root):
    frame = index(root, "bagel").set_index("sample_id")
    assert frame[["split", "label", "defect_type"]].apply(tuple, axis=1).to_dict() == {
        "bagel/test/combined/rgb/000.png": ("test", 1, "combined"),
        "bagel/test/good/rgb/000.png": ("test", 0, "good"),
        "bagel/test/hole/rgb/000.png": ("test", 1, "hole"),
        "bagel/train/good/rgb/000.png": ("train", 0, "good"),
        "bagel/validation/good/rgb/000.png": ("val", 0, "good"),
    }


def test_every_image_has_its_depth(root):
    frame = index(root, "bagel")
    expected = [path.replace("rgb", "xyz").replace(".png", ".tiff") for path in frame["image_path"]]
    assert frame["depth_path"].tolist() == expected


def test_the_black_masks_of_normal_images_are_not_used(root):
    masks = index(root, "bagel").set_index("sample_id")["mask_path"].dropna()
    assert masks.to_dict() == {
        f"bagel/test/{kind}/rgb/000.png": str(root / f"bagel/test/{kind}/gt/000.png")
        for kind in ("combined", "hole")
    }


def test_a_missing_mask(root):
    (root / "bagel/test/hole/gt/000.png").unlink()
    with pytest.raises(DataError, match=r"1 image without a mask \(test/hole/rgb/000.png\)"):
        index(root, "bagel")


def test_a_mask_without_an_image(root, draw):
    draw("bagel/test/hole/gt/001.png")
    with pytest.raises(DataError, match=r"1 mask without an image \(test/hole/gt/001.png\)"):
        index(root, "bagel")


def test_a_missing_depth_image(root):
    (root / "bagel/train/good/xyz/000.tiff").unlink()
    with pytest.raises(DataError, match=r"1 depth image missing \(train/good/xyz/000.tiff\)"):
        index(root, "bagel")


def test_no_training_images(root):
    (root / "bagel/train/good/rgb/000.png").unlink()
    with pytest.raises(DataError, match=r"train/good/rgb: no normal training images"):
        index(root, "bagel")


def test_a_mistyped_category(root):
    with pytest.raises(DataError, match=r"Did you mean 'cable_gland'"):
        index(root, "cable_glad")


def test_an_official_category_that_is_not_there(root):
    with pytest.raises(DataError, match=r"tire: no such folder. Unpack MVTec 3D-AD"):
        index(root, "tire")
