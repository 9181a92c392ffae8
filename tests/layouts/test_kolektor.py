from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from iadbe.errors import DataError
from iadbe.layouts.kolektor import index

REAL = Path(__file__).parents[3] / "shared" / "data" / "kolektor"


@pytest.fixture
def root(tmp_path, draw):
    """Four items of five shots; shot 2 of each is defective."""
    for item in range(1, 5):
        for part in range(5):
            draw(f"kos0{item}/Part{part}.jpg")
            draw(f"kos0{item}/Part{part}_label.bmp", value=255 * (part == 2))
    return tmp_path


def test_official_shape(root):
    frame = index(root, "kolektor").set_index("sample_id")
    assert len(frame) == 20
    assert (frame["category"] == "kolektor").all()
    defective = frame[frame["label"] == 1]
    assert defective.index.tolist() == [f"kos0{item}/Part2.jpg" for item in range(1, 5)]
    assert (defective["split"] == "test").all()
    assert (defective["defect_type"] == "defect").all()
    assert defective["mask_path"].tolist() == [
        str(root / f"kos0{item}/Part2_label.bmp") for item in range(1, 5)
    ]


def test_four_of_five_normal_images_are_for_training_the_same_ones_every_time(root):
    frame = index(root, "kolektor")
    normal = frame[frame["label"] == 0]
    assert (normal["split"] == "train").sum() == 12
    assert (normal["split"] == "test").sum() == 4
    assert normal["mask_path"].isna().all()
    assert frame.equals(index(root))


def test_where_the_dataset_lies_does_not_change_the_split(root):
    before = index(root)
    moved = root.rename(root.with_name("a b"))
    assert index(moved)["split"].tolist() == before["split"].tolist()


@pytest.mark.slow
@pytest.mark.parametrize("place", ["miniature", "real"])
def test_the_split_is_that_of_anomalib(root, place):
    make = pytest.importorskip("anomalib.data.datasets.image.kolektor").make_kolektor_dataset
    if place == "real" and not REAL.is_dir():
        pytest.skip("needs real images of KolektorSDD")
    folder = root if place == "miniature" else REAL
    theirs = make(folder)
    expected = dict(zip(theirs["image_path"], theirs["split"], strict=True))
    ours = index(folder)
    assert dict(zip(ours["image_path"], ours["split"], strict=True)) == expected


def test_a_missing_mask(root):
    (root / "kos03/Part1_label.bmp").unlink()
    with pytest.raises(DataError, match=r"1 image without a mask \(kos03/Part1.jpg\)"):
        index(root)


def test_a_mask_without_an_image(root):
    (root / "kos03/Part1.jpg").unlink()
    with pytest.raises(DataError, match=r"1 mask without an image \(kos03/Part1_label.bmp\)"):
        index(root)


def test_a_mask_that_cannot_be_read(root):
    (root / "kos03/Part1_label.bmp").write_bytes(b"no image")
    with pytest.raises(DataError, match=r"Part1_label.bmp: cannot be read"):
        index(root)


def test_no_images(tmp_path):
    with pytest.raises(DataError, match=r"0 normal images in folders below it. Put kos01/Part0"):
        index(tmp_path)


def test_a_mistyped_category(root):
    with pytest.raises(DataError, match=r"Did you mean 'kolektor'"):
        index(root, "kolector")


@pytest.mark.skipif(not REAL.is_dir(), reason="needs real images of KolektorSDD")
def test_real_images():
    frame = index(REAL)
    assert len(frame) == 96
    assert frame["label"].sum() == 12
    assert frame.groupby("label")["split"].value_counts().to_dict() == {
        (0, "train"): 67,
        (0, "test"): 17,
        (1, "test"): 12,
    }
    items = frame["sample_id"].str.split("/").str[0]
    assert (frame.groupby(items)["label"].sum() > 0).all(), "why `group` is empty"
    for row in frame[frame["label"] == 1].itertuples():
        with Image.open(row.mask_path) as mask, Image.open(row.image_path) as image:
            assert mask.size == image.size
            assert np.asarray(mask).any()
