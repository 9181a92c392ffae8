"""There and back again, in every direction."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from iadbe.convert.convert import Wishes, convert
from iadbe.convert.read_coco import read_coco_format
from iadbe.convert.read_yolo import read_yolo_format
from iadbe.layouts.yolo import index


def labels(root: Path) -> dict[str, list[list[float]]]:
    return {
        file.relative_to(root / "labels").as_posix(): [
            [float(word) for word in line.split()] for line in file.read_text().splitlines()
        ]
        for file in sorted((root / "labels").rglob("*.txt"))
    }


def pixels(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): np.asarray(Image.open(path)).tobytes()
        for path in sorted(folder.rglob("*.png"))
    }


def same(one, other) -> None:
    assert one.keys() == other.keys()
    for name in one:
        assert len(one[name]) == len(other[name]), name
        for line, back in zip(one[name], other[name], strict=True):
            assert line == pytest.approx(back, abs=1e-8), name


def test_yolo_to_coco_and_back_keeps_boxes_polygons_and_background(yolo, tmp_path) -> None:
    there = convert(yolo, tmp_path / "c", "yolo", "coco")
    back = convert(tmp_path / "c", tmp_path / "y", "coco", "yolo")
    assert there.lost == back.lost == {}
    assert there.images == back.images == {"train": 2, "val": 2}
    same({**labels(yolo), "val/c.txt": []}, labels(tmp_path / "y"))
    assert read_yolo_format(tmp_path / "y").kinds == ("scratch", "dent")
    unused = {"unused/z.png"}
    assert pixels(tmp_path / "y/images").items() == {
        item for item in pixels(yolo / "images").items() if item[0] not in unused
    }


@pytest.mark.parametrize("through", ["yolo", "coco"])
def test_masks_come_back_to_the_pixel(folders, tmp_path, through) -> None:
    there = convert(folders, tmp_path / "there", "folder", through)
    back = convert(tmp_path / "there", tmp_path / "back", through, "folder")
    assert there.lost == {}
    assert pixels(tmp_path / "back") == pixels(folders)
    # Outlines have no corners but on pixels here; COCO's masks have none at all.
    assert set(back.lost) == (
        {"corners of outlines were rounded to pixels"} if through == "yolo" else set()
    )


def test_each_region_of_a_mask_is_an_object(folders, tmp_path) -> None:
    convert(folders, tmp_path / "y", "folder", "yolo")
    assert {name: len(lines) for name, lines in labels(tmp_path / "y").items()} == {
        "train/good/0.txt": 0,
        "train/good/deep/1.txt": 0,
        "test/good/0.txt": 0,
        "test/dent/0.txt": 3,
        "test/cut/7.txt": 3,
    }


def test_coco_to_yolo_and_back_keeps_boxes_and_draws_parts_as_one_ring(coco, tmp_path) -> None:
    there = convert(coco, tmp_path / "y", "coco", "yolo")
    assert there.lost == {
        "objects of several parts or with holes were drawn to the pixel, as one ring": 1
    }
    assert read_yolo_format(tmp_path / "y").kinds == ("scratch", "dent")
    convert(tmp_path / "y", tmp_path / "c", "yolo", "coco")
    (before,) = (p for p in read_coco_format(coco).pictures if p.name == "x.png")
    (after,) = (p for p in read_coco_format(tmp_path / "c").pictures if p.name == "x.png")
    assert next(iter(after.read())).box == pytest.approx(next(iter(before.read())).box, abs=1e-6)
    (ring,) = list(after.read())[1].rings
    assert ring[:, 0].min() == pytest.approx(20)
    assert ring[:, 1].max() == pytest.approx(20)


def test_yolo_to_folder_says_what_is_lost(yolo, tmp_path) -> None:
    done = convert(yolo, tmp_path / "f", "yolo", "folder")
    assert done.lost == {
        "several classes in an image became one defect type, joined by +, and one mask": 1,
        "boxes became rectangles of their mask, rounded to pixels": 1,
        "corners of outlines were rounded to pixels": 1,
    }
    assert sorted(pixels(tmp_path / "f")) == [
        "ground_truth/dent+scratch/a_mask.png",
        "ground_truth/dent/a_mask.png",
        "train/dent+scratch/a.png",
        "train/good/sub/b.png",
        "val/dent/a.png",
        "val/good/c.png",
    ]
    mask = np.asarray(Image.open(tmp_path / "f/ground_truth/dent+scratch/a_mask.png")) > 0
    assert mask[9:15, 15:25].all()
    assert mask.sum() == 60 + 4 * 3


def test_coco_to_folder_and_back(coco, tmp_path) -> None:
    done = convert(coco, tmp_path / "f", "coco", "folder")
    assert done.images == {"train": 2}
    convert(tmp_path / "f", tmp_path / "c", "folder", "coco")
    content = json.loads((tmp_path / "c/annotations/instances_train.json").read_text())
    assert [kind["name"] for kind in content["categories"]] == ["dent+scratch"]
    assert {image["file_name"] for image in content["images"]} == {
        "images/train/dent+scratch/x.png",
        "images/train/good/y.png",
    }
    assert len(content["annotations"]) == 2
    runs = content["annotations"][0]["segmentation"]
    assert sum(runs["counts"]) == 40 * 30
    assert runs["size"] == [30, 40]


def test_same_names_in_two_splits_keep_their_masks_apart(yolo, tmp_path) -> None:
    (yolo / "labels/train/a.txt").write_text("1 0.5 0.5 0.2 0.2\n")
    convert(yolo, tmp_path / "f", "yolo", "folder")
    masks = pixels(tmp_path / "f/ground_truth")
    assert sorted(masks) == ["train/dent/a_mask.png", "val/dent/a_mask.png"]
    convert(tmp_path / "f", tmp_path / "c", "folder", "coco")
    pictures = read_coco_format(tmp_path / "c").pictures
    by_split = {p.split: list(p.read()) for p in pictures if list(p.read())}
    assert (by_split["train"][0].mask != by_split["val"][0].mask).any()
    assert (by_split["train"][0].mask.astype(np.uint8) * 255).tobytes() == masks[
        "train/dent/a_mask.png"
    ]


def test_boxes_on_request(folders, tmp_path) -> None:
    done = convert(folders, tmp_path / "y", "folder", "yolo", Wishes(boxes=True))
    assert done.lost == {"outlines were written as the boxes around them": 2}
    assert {len(line) for lines in labels(tmp_path / "y").values() for line in lines} == {5}


def test_what_was_written_can_be_benchmarked(folders, tmp_path) -> None:
    convert(folders, tmp_path / "y", "folder", "yolo")
    rows = index(tmp_path / "y", "part", cache=tmp_path / "cache").set_index("sample_id")
    assert rows["split"].value_counts().to_dict() == {"test": 3, "train": 2}
    mask = np.asarray(Image.open(rows.loc["images/test/cut/7.png", "mask_path"])) > 0
    truth = np.asarray(Image.open(folders / "ground_truth/cut/7_mask.png")) > 0
    assert (mask == truth).all()
