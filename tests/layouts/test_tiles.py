import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from iadbe.layouts.tiles import tiles_of
from iadbe.layouts.yolo import index
from iadbe.layouts.yolo_labels import Labelled

PCB = Path(__file__).parents[3] / "shared" / "data" / "DeepPCB_yolo"


def names(*boxes, count: int = 2) -> dict[str, list]:
    objects = [Labelled(0, box) for box in boxes]
    return {tile.name: [box for _, box in tile.seen] for tile in tiles_of((40, 20), objects, count)}


def test_tiles_without_an_object_are_normal_and_boxes_are_shares_of_the_tile() -> None:
    assert names((0.5, 0.5, 0.75, 1.0)) == {
        "r0c0": [],
        "r0c1": [],
        "r1c0": [],
        "r1c1": [pytest.approx((0, 0, 0.5, 1))],
    }


def test_a_tile_with_but_a_sliver_is_left_out() -> None:
    assert names((0.45, 0.1, 0.95, 0.4)) == {
        "r0c1": [pytest.approx((0, 0.2, 0.9, 0.8))],
        "r1c0": [],
        "r1c1": [],
    }


def test_a_defect_larger_than_a_tile_is_seen_in_all_that_it_fills() -> None:
    seen = names((0.1, 0.1, 0.9, 0.9), count=4)
    assert len(seen) == 16
    assert all(seen.values())


def test_tiles_cover_the_image_without_overlap() -> None:
    counted = np.zeros((23, 37), dtype=int)
    for tile in tiles_of((37, 23), [], 5):
        left, top, right, bottom = tile.area
        counted[top:bottom, left:right] += 1
    assert (counted == 1).all()


def test_files(tmp_path) -> None:
    root = tmp_path / "raw"
    for folder in ("images", "labels"):
        (root / folder).mkdir(parents=True)
    pixels = np.random.default_rng(0).integers(0, 255, (24, 32, 3), np.uint8)
    Image.fromarray(pixels).save(root / "images/a.png")
    Image.fromarray(pixels).save(root / "images/b.png")
    (root / "labels/a.txt").write_text("0 0 0 0.4 0 0.4 0.4 0 0.4")
    (root / "labels/b.txt").write_text("0 0.6 0.6 0.9 0.6 0.9 0.9 0.6 0.9")
    (root / "data.yaml").write_text("train: [images/a.png]\nval: [images/b.png]\nnames: [cut]")
    frame = index(root, "part", cache=tmp_path / "cache", tiles=2).set_index("sample_id")
    assert frame.groupby(["split", "defect_type"]).size().to_dict() == {
        ("train", "cut"): 1,
        ("train", "good"): 3,
        ("test", "cut"): 1,
        ("test", "good"): 3,
    }
    row = frame.loc["images/a.png/r0c0"]
    assert (np.asarray(Image.open(row["image_path"])) == pixels[:12, :16]).all()
    mask = np.asarray(Image.open(row["mask_path"])) > 0
    assert mask.shape == (12, 16)
    assert mask[:10, :13].all()  # 9.6 rows, 12.8 columns
    assert mask.sum() == 130
    assert json.loads(row["boxes"]) == [pytest.approx([0, 0, 0.8, 0.8])]
    assert frame.loc["images/a.png/r1c1", ["mask_path", "boxes"]].isna().all()
    again = index(root, "part", cache=tmp_path / "cache", tiles=2).set_index("sample_id")
    assert again.equals(frame)


def test_a_tile_with_an_empty_corner_of_a_box_is_left_out(tmp_path) -> None:
    root = tmp_path / "raw"
    for folder in ("images", "labels"):
        (root / folder).mkdir(parents=True)
    for name in "abc":
        pixels = np.random.default_rng(ord(name)).integers(0, 255, (32, 32), np.uint8)
        Image.fromarray(pixels).save(root / f"images/{name}.png")
    triangle = "0 0.1 0.1 0.9 0.1 0.1 0.9"
    (root / "labels/a.txt").write_text(triangle)
    (root / "labels/b.txt").write_text(triangle)
    (root / "data.yaml").write_text(
        "train: [images/a.png, images/c.png]\nval: [images/b.png]\nnames: [cut]"
    )
    frame = index(root, "part", cache=tmp_path / "cache", tiles=2)
    cut = frame.loc[frame["label"] == 1, "sample_id"].tolist()
    assert cut == [
        f"images/{name}.png/{tile}" for name in "ab" for tile in ("r0c0", "r0c1", "r1c0")
    ]
    assert "images/a.png/r1c1" not in set(frame["sample_id"])


def test_a_tile_of_one_colour_is_left_out(tmp_path) -> None:
    root = tmp_path / "raw"
    for folder in ("images", "labels"):
        (root / folder).mkdir(parents=True)
    pixels = np.random.default_rng(0).integers(0, 255, (32, 32, 3), np.uint8)
    pixels[:16, 16:] = (9, 7, 5)
    for name in "ab":
        Image.fromarray(pixels + (name == "b")).save(root / f"images/{name}.png")
        (root / f"labels/{name}.txt").write_text("0 0.25 0.25 0.2 0.2")
    (root / "data.yaml").write_text("train: [images/a.png]\nval: [images/b.png]\nnames: [cut]")
    frame = index(root, "part", cache=tmp_path / "cache", tiles=2)
    names = frame["sample_id"].str.removeprefix("images/").tolist()
    assert names == [f"{name}.png/{tile}" for name in "ab" for tile in ("r0c0", "r1c0", "r1c1")]


def test_sixteen_bits_stay_sixteen_bits(tmp_path) -> None:
    root = tmp_path / "raw"
    for folder in ("images", "labels"):
        (root / folder).mkdir(parents=True)
    pixels = np.random.default_rng(0).integers(0, 65535, (32, 32), np.uint16)
    for name in "ab":
        Image.fromarray(pixels).save(root / f"images/{name}.png")
        (root / f"labels/{name}.txt").write_text("0 0.25 0.25 0.2 0.2")
    (root / "data.yaml").write_text("train: [images/a.png]\nval: [images/b.png]\nnames: [cut]")
    frame = index(root, "part", cache=tmp_path / "cache", tiles=2).set_index("sample_id")
    tile = np.asarray(Image.open(frame.loc["images/a.png/r0c1", "image_path"]))
    assert (tile == pixels[:16, 16:]).all()


@pytest.mark.skipif(not PCB.is_dir(), reason="DeepPCB is not here")
@pytest.mark.slow
def test_deep_pcb_has_normal_tiles(tmp_path) -> None:
    frame = index(PCB, "pcb", cache=tmp_path, tiles=4)
    assert (frame["label"] == 0).sum() > 1000
    assert set(frame.loc[frame["label"] == 0, "split"]) == {"train", "test"}
