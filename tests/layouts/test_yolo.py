import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from iadbe.errors import AbsentCategoryError, DataError
from iadbe.layouts.yolo import index

from .own_images import files_of, put

PCB = Path(__file__).parents[3] / "shared" / "data" / "DeepPCB_yolo"
NAMES = "names: [cut, dent, good]\n"


def label(root: Path, **texts: str) -> None:
    for name, text in texts.items():
        split, _, stem = name.partition("__")
        put(root, f"images/{split}/{stem}.png")
        file = root / f"labels/{split}/{stem}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "raw"
    label(
        root,
        train__a="0 0.5 0.5 0.25 0.5\n",
        train__n="",
        val__b="0 0.2 0.2 0.2 0.2\n1 0.7 0.7 0.2 0.2\n\n",
        val__m="0 0.2 0.2 0.2 0.2\n1 0.7 0.7 0.2 0.2\n2 0.5 0.5 0.1 0.1",
        test__c="2 0.5 0.5 0.1 0.1",
    )
    put(root, "images/test/no_label.jpg")
    (root / "data.yaml").write_text(
        "train: images/train\nval: images/val\ntest: images/test\n" + NAMES
    )
    return root


def read(root: Path, **options):
    return index(root, "part", cache=root.parent / "cache", **options).set_index("sample_id")


def test_boxes(root) -> None:
    before = files_of(root)
    frame = read(root)
    assert frame[["split", "defect_type", "label"]].apply(tuple, axis=1).to_dict() == {
        "images/train/a.png": ("train", "cut", 1),
        "images/train/n.png": ("train", "good", 0),
        "images/val/b.png": ("test", "cut+dent", 1),
        "images/val/m.png": ("test", "multiple", 1),
        "images/test/c.png": ("test", "good_defect", 1),
        "images/test/no_label.jpg": ("test", "good", 0),
    }
    assert json.loads(frame.loc["images/train/a.png", "boxes"]) == [[0.375, 0.25, 0.625, 0.75]]
    assert len(json.loads(frame.loc["images/val/b.png", "boxes"])) == 2
    assert frame.loc["images/train/n.png", "boxes"] is None
    assert frame["mask_path"].isna().all()
    assert files_of(root) == before


def test_polygons_give_masks_in_the_cache(root, tmp_path) -> None:
    label(
        root,
        train__a="0 0.25 0.25 0.75 0.25 0.75 0.75 0.25 0.75",
        val__b="1 0 0 0.5 0 0 0.5",
        val__m="0 0.5 0.5 1 0.5 1 1",
        test__c="0 0.5 0 1 0 1 0.5",
    )
    before = files_of(root)
    frame = read(root)
    mask = np.asarray(Image.open(frame.loc["images/train/a.png", "mask_path"])) > 0
    expected = np.zeros((12, 16), dtype=bool)
    expected[3:9, 4:12] = True
    assert (mask == expected).all()
    assert json.loads(frame.loc["images/val/b.png", "boxes"]) == [[0, 0, 0.5, 0.5]]
    masks = frame["mask_path"].dropna()
    assert len(masks) == 4
    assert all(Path(path).is_relative_to(tmp_path / "cache") for path in masks)
    assert files_of(root) == before
    times = files_of(tmp_path / "cache")
    assert read(root).equals(frame)
    assert files_of(tmp_path / "cache") == times


def test_a_polygon_smaller_than_a_pixel_marks_the_pixel_that_it_lies_in(root) -> None:
    tiny = "0 0.51 0.51 0.53 0.51 0.52 0.53"
    label(root, **dict.fromkeys(("train__a", "val__b", "val__m", "test__c"), tiny))
    mask = np.asarray(Image.open(read(root).loc["images/train/a.png", "mask_path"]))
    assert np.argwhere(mask).tolist() == [[6, 8]]


def test_boxes_among_polygons_give_no_masks_as_they_would_lie(root) -> None:
    label(root, train__a="0 0.25 0.25 0.75 0.25 0.75 0.75 0.25 0.75")
    assert read(root)["mask_path"].isna().all()


def test_a_mask_is_upright_where_the_camera_lay(root) -> None:
    label(
        root, **dict.fromkeys(("train__a", "val__b", "val__m", "test__c"), "0 0 0 0.5 0 0.5 1 0 1")
    )
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("L", (16, 12)).save(root / "images/val/b.png", exif=exif)
    mask = np.asarray(Image.open(read(root).loc["images/val/b.png", "mask_path"]))
    assert mask.shape == (16, 12)
    assert mask[:, :6].all()
    assert not mask[:, 6:].any()


@pytest.mark.parametrize(
    "yaml",
    [
        "path: .\ntrain: [images/train]\nval: [images/val, images/test]\n"
        "names: {0: cut, 1: dent, 2: good}",
        "path: /home/someone/else\ntrain: ../images/train\nval: images/val\ntest: images/test\n"
        + NAMES,
        "train: train.txt\nval: val.txt\nnc: 3\n" + NAMES,
    ],
)
def test_other_ways_to_write_data_yaml(root, yaml) -> None:
    expected = read(root)
    (root / "train.txt").write_text("./images/train/a.png\nimages/train/n.png\n")
    listed = [*(root / "images/val").iterdir(), *(root / "images/test").iterdir()]
    (root / "val.txt").write_text("\n".join(map(str, listed)))
    (root / "data.yaml").write_text(yaml)
    assert read(root).equals(expected)


def test_an_absolute_path_elsewhere(root, tmp_path) -> None:
    (tmp_path / "yaml").mkdir()
    (tmp_path / "yaml/pcb.yaml").write_text(f"path: {root}\n" + (root / "data.yaml").read_text())
    frame = read(tmp_path / "yaml")
    assert len(frame) == 6
    assert frame.index[0] == str(root / "images/test/c.png")
    named = index(tmp_path / "yaml/pcb.yaml", "part", cache=tmp_path)
    assert named["sample_id"].tolist() == frame.index.tolist()


def test_roboflow_folders(root, tmp_path) -> None:
    for split in ("train", "val", "test"):
        for kind in ("images", "labels"):
            (root / split).mkdir(exist_ok=True)
            (root / kind / split).rename(root / split / kind)
    (root / "data.yaml").write_text(
        "train: ../train/images\nval: ../val/images\ntest: ../test/images\n" + NAMES
    )
    assert read(root)["label"].sum() == 4


def test_without_val_and_test_some_of_all_are_held_out(root) -> None:
    label(root, **{f"train__g{n}": "0 0.5 0.5 0.1 0.1" if n % 2 else "" for n in range(18)})
    (root / "data.yaml").write_text("train: images/train\n" + NAMES)
    frame = read(root, test_share=0.4)
    assert frame["split"].value_counts().to_dict() == {"train": 12, "test": 8}
    assert frame.equals(read(root, test_share=0.4))
    assert set(frame.loc[frame["split"] == "train", "label"]) == {0, 1}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0 0.5 0.5 0.5", "line 1: 3 numbers after the class. A box has 4"),
        ("\n7 0.5 0.5 0.5 0.5", r"line 2: class 7 is not among the 3 `names`"),
        ("0 320 240 20 20", "line 1: reaches past the image. Write shares"),
        ("0 0.5 0.5 0 0.5", "line 1: the object has no area"),
        ("cut 0.5 0.5 0.5 0.5", "line 1: could not convert"),
        ("0 0.5 0.5 0.5 nan", "line 1: reaches past the image"),
    ],
)
def test_malformed_labels(root, text, words) -> None:
    label(root, train__a=text)
    with pytest.raises(DataError, match=words) as error:
        read(root)
    assert str(root / "labels/train/a.txt") in str(error.value)


@pytest.mark.parametrize(
    ("yaml", "words"),
    [
        ("train: images/train\nval: images/val\n", "data.yaml: names: Field required"),
        ("train: images/trian\nval: images/val\n" + NAMES, "images/trian is not there. Correct"),
        ("train: images\n  val: x", "data.yaml: not YAML"),
        (NAMES, "no images: none of `train`, `val` and `test` names any"),
        ("train: labels/train\n" + NAMES, "no images in .*labels/train. Put them there"),
        (
            "train: images/val\nval: images/val\n" + NAMES,
            "is in train and in val or test. Keep one",
        ),
    ],
)
def test_malformed_data_yaml(root, yaml, words) -> None:
    (root / "data.yaml").write_text(yaml)
    with pytest.raises(DataError, match=words) as error:
        read(root)
    assert str(root / "data.yaml") in str(error.value)
    assert "\n" not in str(error.value)


def test_no_data_yaml_no_folder_and_no_labels(root, tmp_path) -> None:
    (root / "data.yaml").rename(tmp_path / "kept.yaml")
    with pytest.raises(DataError, match=r"data.yaml: no such file; there is no .yaml file. Write"):
        read(root)
    (tmp_path / "kept.yaml").rename(root / "data.yaml")
    (root / "labels").rename(tmp_path / "labels")
    with pytest.raises(DataError, match=r"no label file, e.g. .*labels/train/a.txt"):
        read(root)
    with pytest.raises(DataError, match=r"no such dataset folder"):
        read(tmp_path / "gone")


def test_a_category_is_absent_where_only_others_are_there(root, tmp_path) -> None:
    (tmp_path / "all").mkdir()
    root.rename(tmp_path / "all/line_1")
    with pytest.raises(AbsentCategoryError, match=r"all/line_2: no such folder. Did you mean"):
        index(tmp_path / "all", "line_2", cache=tmp_path / "cache")


@pytest.mark.skipif(not PCB.is_dir(), reason="DeepPCB is not here")
def test_deep_pcb(tmp_path) -> None:
    frame = index(PCB, "pcb", cache=tmp_path)
    assert frame["split"].value_counts().to_dict() == {"train": 160, "test": 60}
    assert (frame["label"] == 1).all()
    assert sum(len(json.loads(boxes)) for boxes in frame["boxes"]) == sum(
        len(file.read_text().splitlines()) for file in PCB.glob("labels/*/*.txt")
    )
