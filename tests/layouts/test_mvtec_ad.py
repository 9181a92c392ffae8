import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from iadbe.errors import DataError
from iadbe.layouts.mvtec_ad import categories, index

BOTTLE = Path(__file__).parents[3] / "shared" / "data" / "MVTecAD"
COLUMNS = [
    "sample_id", "category", "split", "label", "defect_type", "image_path", "mask_path", "boxes",
]  # fmt: skip


def put(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.zeros((4, 4), dtype=np.uint8)).save(root / path)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    put(
        tmp_path,
        "cup/train/good/000.png",
        "cup/train/good/001.png",
        "cup/test/good/000.png",
        "cup/test/crack/000.png",
        "cup/test/crack/001.png",
        "cup/ground_truth/crack/000_mask.png",
        "cup/ground_truth/crack/001_mask.png",
    )
    return tmp_path


def test_official_layout(root: Path) -> None:
    frame = index(root, "cup")
    assert list(frame.columns) == COLUMNS
    assert frame["sample_id"].tolist() == [
        "cup/test/crack/000.png",
        "cup/test/crack/001.png",
        "cup/test/good/000.png",
        "cup/train/good/000.png",
        "cup/train/good/001.png",
    ]
    assert frame["split"].tolist() == ["test"] * 3 + ["train"] * 2
    assert frame["label"].tolist() == [1, 1, 0, 0, 0]
    assert frame["defect_type"].tolist() == ["crack", "crack", "good", "good", "good"]
    assert (frame["category"] == "cup").all()
    assert all(Path(path).is_absolute() and Path(path).is_file() for path in frame["image_path"])
    assert frame["mask_path"].tolist()[1:] == [
        str(root / "cup/ground_truth/crack/001_mask.png"), None, None, None,
    ]  # fmt: skip
    assert frame["boxes"].isna().all()


def test_a_relative_root_gives_absolute_paths(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    pd.testing.assert_frame_equal(index(Path(), "cup"), index(root, "cup"))


def test_labelled_training_images_with_masks_and_boxes(root: Path) -> None:
    put(root, "cup/train/crack/100.png", "cup/train/crack/101.png")
    put(root, "cup/ground_truth/crack/100_mask.png")
    boxes = {"train/crack/101.png": [[0, 0.25, 0.5, 1]]}
    (root / "cup/boxes.json").write_text(json.dumps(boxes))
    frame = index(root, "cup").set_index("sample_id").loc["cup/train/crack/100.png":]
    first, second = frame.loc["cup/train/crack/100.png"], frame.loc["cup/train/crack/101.png"]
    assert (first["split"], first["label"], first["boxes"]) == ("train", 1, None)
    assert first["mask_path"].endswith("100_mask.png")
    assert second["mask_path"] is None
    assert json.loads(second["boxes"]) == [[0, 0.25, 0.5, 1]]


def test_no_ground_truth_at_all_is_image_level_only(tmp_path: Path) -> None:
    put(tmp_path, "cup/train/good/0.png", "cup/test/crack/0.png")
    assert index(tmp_path, "cup")["mask_path"].isna().all()


@pytest.mark.parametrize("folder", ["mit Leerzeichen", "größe-测试-é"])
def test_spaces_and_other_letters(tmp_path: Path, folder: str) -> None:
    root = tmp_path / folder
    put(root, "cup/train/good/ä 1.png", "cup/test/tiefer Riß/ö 1.png")
    put(root, "cup/ground_truth/tiefer Riß/ö 1_mask.png")
    frame = index(root, "cup")
    assert frame["sample_id"].tolist() == ["cup/test/tiefer Riß/ö 1.png", "cup/train/good/ä 1.png"]
    assert Path(frame["mask_path"][0]).is_file()


@pytest.mark.parametrize("suffix", ["PNG", "jpg", "JPEG", "bmp", "Tif", "tiff", "webp"])
def test_image_suffixes_in_any_case(root: Path, suffix: str) -> None:
    put(root, f"cup/train/good/new.{suffix}")
    assert f"cup/train/good/new.{suffix}" in set(index(root, "cup")["sample_id"])


def test_hidden_and_other_files_are_ignored(root: Path) -> None:
    before = index(root, "cup")
    put(root, "cup/train/good/.hidden.png", "cup/test/.hidden/0.png", "cup/test/crack/._000.png")
    (root / "cup/train/good/Thumbs.db").touch()
    (root / "cup/ground_truth/crack/readme.txt").touch()
    (root / ".git/train").mkdir(parents=True)
    (root / "papers").mkdir()
    pd.testing.assert_frame_equal(index(root, "cup"), before)
    assert categories(root) == ["cup"]


def test_no_such_root(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="nowhere: no such dataset folder"):
        categories(tmp_path / "nowhere")
    with pytest.raises(DataError, match="nowhere: no such dataset folder"):
        index(tmp_path / "nowhere", "cup")


def test_no_such_category_names_those_that_exist(root: Path) -> None:
    put(root, "bottle/train/good/0.png")
    message = "no category 'botle'. Did you mean 'bottle'\\? There are: bottle, cup"
    with pytest.raises(DataError, match=message):
        index(root, "botle")


def test_empty_root(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="There are: none"):
        index(tmp_path, "cup")


def test_train_good_without_images(root: Path) -> None:
    for path in (root / "cup/train/good").iterdir():
        path.unlink()
    with pytest.raises(DataError, match=r"train/good: no images. Put the normal"):
        index(root, "cup")


def test_no_test_images(tmp_path: Path) -> None:
    put(tmp_path, "cup/train/good/0.png")
    with pytest.raises(DataError, match="test: no images"):
        index(tmp_path, "cup")
    put(tmp_path, "cup/test/loose.png")
    with pytest.raises(DataError, match="test: no images in folders below it"):
        index(tmp_path, "cup")


def test_missing_masks_are_counted_and_the_first_named(root: Path) -> None:
    put(root, *(f"cup/test/dent/{number:03d}.png" for number in range(5)))
    names = "test/dent/000.png, test/dent/001.png, test/dent/002.png, …"
    with pytest.raises(DataError, match=rf"5 without a mask \({names}\).*000_mask\.png"):
        index(root, "cup")


def test_an_empty_ground_truth_is_missing_masks(tmp_path: Path) -> None:
    put(tmp_path, "cup/train/good/0.png", "cup/test/crack/0.png")
    (tmp_path / "cup/ground_truth").mkdir()
    with pytest.raises(DataError, match="1 without a mask"):
        index(tmp_path, "cup")


@pytest.mark.parametrize("mask", ["crack/007_mask.png", "dent/000_mask.png", "crack/000.png"])
def test_a_mask_without_an_image(root: Path, mask: str) -> None:
    put(root, f"cup/ground_truth/{mask}")
    with pytest.raises(DataError, match=rf"1 masks without an image \(ground_truth/{mask}\)"):
        index(root, "cup")


@pytest.mark.parametrize("twin", ["train/crack/000.png", "test/crack/000.jpg"])
def test_two_images_cannot_share_a_mask(root: Path, twin: str) -> None:
    put(root, f"cup/{twin}")
    with pytest.raises(DataError, match="share a name"):
        index(root, "cup")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "boxes.json: the file: Invalid JSON"),
        ('{"test/crack/000.png": [[0, 0, 1]]}', "boxes.json: test/crack/000.png"),
        ('{"test/crack/000.png": [[0, 0, 40, 30]]}', r"\[0.0, 0.0, 40.0, 30.0\] is no box"),
        ('{"test/crack/000.png": [[0.5, 0, 0.5, 1]]}', "is no box"),
        ('{"test/crak/000.png": []}', "Did you mean 'test/crack/000.png'"),
        ('{"test/good/000.png": [[0, 0, 1, 1]]}', "'test/good/000.png' is no anomalous image"),
    ],
)
def test_bad_boxes(root: Path, text: str, message: str) -> None:
    (root / "cup/boxes.json").write_text(text)
    with pytest.raises(DataError, match=message):
        index(root, "cup")


@pytest.mark.skipif(not BOTTLE.is_dir(), reason="needs the real MVTec AD bottle")
def test_official_counts_of_bottle() -> None:
    frame = index(BOTTLE, "bottle")
    counts = frame.groupby(["split", "defect_type"]).size().to_dict()
    assert counts == {
        ("test", "broken_large"): 20,
        ("test", "broken_small"): 22,
        ("test", "contamination"): 21,
        ("test", "good"): 20,
        ("train", "good"): 209,
    }
    assert frame["mask_path"].nunique() == 63
    assert (frame["mask_path"].notna() == (frame["label"] == 1)).all()
