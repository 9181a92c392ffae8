"""What ingestion refuses; the messages of the layout itself are tested in tests/layouts."""

import re
import shutil

import pandas as pd
import pytest
from PIL import Image

from iadbe.errors import AbsentCategoryError, ConfigError, DataError


def refused(raw, *words: str, kind: type[Exception] = DataError, **options) -> None:
    with pytest.raises(kind) as error:
        raw.ingest(**options)
    message = str(error.value)
    assert message.count("\n") <= 1
    for word in words:
        assert re.search(word, message), message


def test_no_such_folder(raw) -> None:
    shutil.rmtree(raw.root)
    refused(raw, "raw: no such dataset folder", "Put the images there")


def test_an_empty_category(raw) -> None:
    shutil.rmtree(raw.root / "cup/train")
    refused(raw, "cup/train/good: no images", "Put the normal training images")


def test_an_absent_category_beside_one_that_is_there(raw) -> None:
    alone = raw.ingest("cup")
    pd.testing.assert_frame_equal(raw.ingest("cup", "mug"), alone)
    finding = raw.findings.iloc[0]
    assert finding[["severity", "rule", "category"]].tolist() == ["error", "absent_category", "mug"]
    assert f"{raw.root}/mug: no category 'mug'" in finding["message"]


def test_no_category_is_there(raw) -> None:
    shutil.rmtree(raw.root / "cup")
    refused(raw, "raw/cup: no category 'cup'", kind=AbsentCategoryError)


def test_an_unknown_layout(raw) -> None:
    refused(raw, "Did you mean 'mvtec_ad'", kind=ConfigError, layout="mvtec")


def test_missing_masks(raw) -> None:
    (raw.root / "cup/ground_truth/cut/001_mask.png").unlink()
    refused(raw, "1 without a mask", "Add .*001_mask.png")


def test_files_that_cannot_be_read_are_all_named_at_once(raw) -> None:
    whole = (raw.root / "cup/train/good/000.png").read_bytes()
    (raw.root / "cup/train/good/000.png").write_bytes(whole[:60])
    (raw.root / "cup/test/good/001.png").write_bytes(b"")
    (raw.root / "cup/ground_truth/cut/002_mask.png").write_text("a mask")
    refused(
        raw,
        "3 files of ours cannot be used",
        r"train/good/000.png: .*truncated.*: repair or remove it",
        "test/good/001.png: the file is empty",
        "002_mask.png: not an image",
    )


def test_a_mask_of_another_size(raw) -> None:
    raw.put("cup/ground_truth/cut/001_mask.png", (8, 9))
    refused(raw, "1 file of ours", "001_mask.png: the mask is 8×9, its image 8×8", "draw it again")


def test_a_mask_drawn_on_the_image_before_it_was_turned(raw) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("L", (9, 8), 9).save(raw.root / "cup/test/cut/001.png", exif=exif)
    raw.put("cup/ground_truth/cut/001_mask.png", (9, 8))
    refused(raw, "is 9×8, its image 8×9", "upright by their EXIF tags")
    raw.put("cup/ground_truth/cut/001_mask.png", (8, 9))
    raw.ingest()


def test_an_anomalous_image_whose_mask_is_empty(raw) -> None:
    raw.put("cup/ground_truth/cut/001_mask.png", black=True)
    refused(raw, r"cut/001_mask.png: the mask of an anomalous image without", "draw the defect, or")


def test_nothing_left_to_train_on(raw) -> None:
    raw.put_category("few", train=2)
    with pytest.raises(DataError, match=r"^few: no normal training image is left.*Lower it"):
        raw.ingest("cup", "few", validation=0.9)


def test_files_with_errors_are_left_out_when_the_configuration_says_so(raw) -> None:
    broken = raw.root / "cup/train/good/000.png"
    broken.write_bytes(broken.read_bytes()[:60])
    raw.put("cup/ground_truth/cut/001_mask.png", (8, 9))
    samples = raw.ingest(leave_out=True)
    left = {"cup/train/good/000.png", "cup/test/cut/001.png"}
    assert not left & set(samples["sample_id"])
    assert len(samples) == 27
    assert (raw.findings["severity"] == "error").sum() == 2
