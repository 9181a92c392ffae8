import shutil

import pytest

from iadbe.errors import AbsentCategoryError, DataError
from iadbe.layouts.visa import index

NORMAL = "candle/Data/Images/Normal"
HEADER = "object,split,label,image,mask"
ANOMALY = "candle,test,anomaly,candle/Data/Images/Anomaly/000.JPG,candle/Data/Masks/Anomaly/000.png"


@pytest.fixture
def root(tmp_path, draw, write):
    draw(f"{NORMAL}/0000.JPG", f"{NORMAL}/0001.JPG", f"{NORMAL}/0002.JPG")
    draw("candle/Data/Images/Anomaly/000.JPG", "candle/Data/Masks/Anomaly/000.png")
    lines = [
        HEADER,
        f"candle,train,normal,{NORMAL}/0001.JPG,",
        f"candle,test,normal,{NORMAL}/0000.JPG,",
        ANOMALY,
        "pcb1,train,normal,pcb1/Data/Images/Normal/0000.JPG,",
    ]
    write("split_csv/1cls.csv", "\n".join(lines))
    return tmp_path


@pytest.fixture
def add(root):
    file = root / "split_csv/1cls.csv"
    return lambda line: file.write_text(f"{file.read_text()}\n{line}")


def test_the_split_file_is_followed_and_nothing_is_copied(root):
    before = sorted(root.rglob("*"))
    frame = index(root, "candle").set_index("sample_id")
    assert frame[["split", "label", "defect_type"]].apply(tuple, axis=1).to_dict() == {
        "candle/Data/Images/Anomaly/000.JPG": ("test", 1, "anomaly"),
        f"{NORMAL}/0000.JPG": ("test", 0, "good"),
        f"{NORMAL}/0001.JPG": ("train", 0, "good"),
    }
    mask = str(root / "candle/Data/Masks/Anomaly/000.png")
    assert frame["mask_path"].dropna().to_dict() == {"candle/Data/Images/Anomaly/000.JPG": mask}
    assert sorted(root.rglob("*")) == before


def test_another_split_file_with_labelled_training_images(root, draw, write):
    draw("candle/Data/Images/Anomaly/001.JPG", "candle/Data/Masks/Anomaly/001.png")
    lines = f"{HEADER}\n{ANOMALY}\n{ANOMALY}\ncandle,train,normal,{NORMAL}/0001.JPG,"
    write("split_csv/2cls_fewshot.csv", lines.replace("test", "train", 1).replace("000", "001", 2))
    frame = index(root, "candle", split="2cls_fewshot")
    assert frame[["split", "label"]].apply(tuple, axis=1).tolist() == [
        ("test", 1), ("train", 1), ("train", 0)
    ]  # fmt: skip


def test_a_byte_order_mark_is_no_part_of_a_name(root):
    file = root / "split_csv/1cls.csv"
    file.write_text(file.read_text(), "utf-8-sig")
    assert len(index(root, "candle")) == 3


def test_no_split_file(root):
    (root / "split_csv/1cls.csv").rename(root / "split_csv/2cls.csv")
    with pytest.raises(DataError, match=r"1cls.csv: no such split file; there are: 2cls"):
        index(root, "candle")


def test_a_category_whose_images_are_not_there(root):
    shutil.rmtree(root / "candle")
    with pytest.raises(AbsentCategoryError, match=r"/candle: no image of it. Unpack VisA"):
        index(root, "candle")


def test_a_split_file_without_its_columns(root, write):
    write("split_csv/1cls.csv", "object,split,image\ncandle,train,x.png")
    with pytest.raises(DataError, match=r"1cls.csv: no column label, mask"):
        index(root, "candle")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("candle,dev,normal,x.JPG,", "line 6: split 'dev', label 'normal'"),
        ("candle,test,broken,x.JPG,", "line 6: split 'test', label 'broken'"),
        ("candle,test,anomaly,x.JPG,", "line 6: an anomalous test image without a mask"),
        ("candle,train,normal,../x.JPG,", "line 6: '../x.JPG' is no path below"),
        ("candle,train,normal,/etc/x.JPG,", "line 6: '/etc/x.JPG' is no path below"),
        ("candle,train,normal,,", "line 6: '' is no path below"),
        ("candle,train,normal,candle/7.JPG,", r"1 image missing \(candle/7.JPG\)"),
        (f"candle,test,anomaly,{NORMAL}/0002.JPG,candle/7.png", r"1 mask missing \(candle/7.png\)"),
        (f"candle,test,normal,{NORMAL}/0001.JPG,", "0001.JPG is listed twice"),
    ],
)
def test_a_line_that_cannot_be_followed(root, add, line, message):
    add(line)
    with pytest.raises(DataError, match=message):
        index(root, "candle")


def test_a_category_without_test_images(root):
    with pytest.raises(DataError, match=r"no test images"):
        index(root, "pcb1")


def test_a_mistyped_category(root):
    with pytest.raises(DataError, match=r"Did you mean 'macaroni1'"):
        index(root, "macarony1")


def test_an_official_category_that_the_file_does_not_list(root):
    with pytest.raises(DataError, match=r"cashew: no normal training images"):
        index(root, "cashew")
