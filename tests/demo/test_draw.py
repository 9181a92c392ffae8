import json
from pathlib import Path

import pandas as pd
import pytest

from iadbe.demo import draw as drawing
from iadbe.demo.draw import draw
from iadbe.demo.picture import CATEGORIES
from iadbe.errors import ConfigError, DataError
from iadbe.images.read import read_image, read_mask
from iadbe.layouts.mvtec_ad import categories, index

FEW = {"size": 96, "n_train": 3, "n_test_normal": 2, "n_test_anomalous": 6, "n_train_anomalous": 6}


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    draw(folder, **FEW)
    return folder


@pytest.fixture(params=sorted(CATEGORIES))
def frame(root: Path, request: pytest.FixtureRequest) -> pd.DataFrame:
    return index(root, request.param)


def test_categories(root: Path) -> None:
    assert categories(root) == ["board", "fabric", "part"]


def test_counts(frame: pd.DataFrame) -> None:
    counts = frame.groupby(["split", "label"]).size().to_dict()
    assert counts == {("train", 0): 3, ("train", 1): 6, ("test", 0): 2, ("test", 1): 6}


def test_both_splits_have_every_defect_type(frame: pd.DataFrame) -> None:
    kinds = frame[frame["label"] == 1].groupby("split")["defect_type"].agg(set)
    assert kinds["train"] == kinds["test"] == set(CATEGORIES[frame["category"][0]].defects)


def test_labelled_training_stems_start_at_100(frame: pd.DataFrame) -> None:
    labelled = frame[(frame["split"] == "train") & (frame["label"] == 1)]
    assert all(int(Path(path).stem) >= 100 for path in labelled["image_path"])


def test_masks_lie_in_their_boxes_and_fill_them(frame: pd.DataFrame) -> None:
    for row in frame[frame["label"] == 1].itertuples():
        mask = read_mask(Path(row.mask_path), 96)
        assert 0.0003 * mask.size <= mask.sum() < 0.2 * mask.size
        for left, top, right, bottom in json.loads(row.boxes):
            edges = [round(96 * share) for share in (left, top, right, bottom)]
            assert edges == pytest.approx([96 * share for share in (left, top, right, bottom)])
            inside = mask[edges[1] : edges[3], edges[0] : edges[2]]
            assert inside[0].any()
            assert inside[-1].any()
            assert inside[:, 0].any()
            assert inside[:, -1].any()
            mask[edges[1] : edges[3], edges[0] : edges[2]] = False
        assert not mask.any()


def test_no_two_images_are_alike(frame: pd.DataFrame) -> None:
    assert len({Path(path).read_bytes() for path in frame["image_path"]}) == len(frame)
    first, second = (read_image(Path(path), 96) for path in frame["image_path"][-2:])
    assert abs(first - second).mean() > 0.01


def test_same_arguments_same_bytes(root: Path, tmp_path: Path) -> None:
    draw(tmp_path, **FEW, categories=["part"])
    assert contents(tmp_path / "part") == contents(root / "part")


def test_another_seed_gives_other_images(root: Path, tmp_path: Path) -> None:
    draw(tmp_path, **FEW, seed=1, categories=["fabric"])
    ours, other = contents(tmp_path / "fabric"), contents(root / "fabric")
    assert ours.keys() == other.keys()
    assert all(ours[name] != other[name] for name in ours if name.startswith("t"))


def test_other_counts_change_no_image(root: Path, tmp_path: Path) -> None:
    more = {"n_train": 4, "n_test_normal": 1, "n_test_anomalous": 7, "n_train_anomalous": 1}
    draw(tmp_path, **FEW | more, categories=["board"])
    ours, other = contents(tmp_path / "board"), contents(root / "board")
    both = [name for name in ours if name in other and name.endswith(".png")]
    assert len(both) == 3 + 1 + 2 * 6 + 2 * 1
    assert all(ours[name] == other[name] for name in both)


def test_a_second_call_touches_nothing(root: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    draw(root, **FEW)
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


@pytest.mark.parametrize("change", ["argument", "version"])
def test_a_change_draws_again(tmp_path: Path, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one = {**FEW, "n_test_anomalous": 0, "n_train_anomalous": 0, "categories": ["part"]}
    draw(tmp_path, **one)
    (tmp_path / "part/train/good/extra.png").touch()
    if change == "argument":
        one["n_train"] = 2
    else:
        monkeypatch.setattr(drawing, "DRAWING_VERSION", -1)
    draw(tmp_path, **one)
    assert len(list((tmp_path / "part/train/good").iterdir())) == one["n_train"]


@pytest.mark.parametrize("marker", [None, "{}", "not json", '{"drawn_by": "someone"}'])
def test_a_strange_folder_is_left_alone(tmp_path: Path, marker: str | None) -> None:
    (tmp_path / "part").mkdir()
    (tmp_path / "part/mine.png").write_bytes(b"precious")
    if marker is not None:
        (tmp_path / "part/demo.json").write_text(marker)
    before = contents(tmp_path)
    with pytest.raises(DataError, match="part: not drawn by the demo"):
        draw(tmp_path, **FEW)
    assert contents(tmp_path) == before


def test_an_interrupted_drawing_is_done_again(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = drawing.write_category

    def write_and_stop(*arguments: object) -> None:
        write(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(drawing, "write_category", write_and_stop)
        with pytest.raises(KeyboardInterrupt):
            draw(tmp_path, **FEW, categories=["part"])
    assert categories(tmp_path) == []
    draw(tmp_path, **FEW, categories=["part"])
    assert contents(tmp_path / "part") == contents(root / "part")
    assert sorted(path.name for path in tmp_path.iterdir()) in ([".demo.lock", "part"], ["part"])


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataError, match="file/demo: cannot write the demo dataset"):
        draw(tmp_path / "file/demo", **FEW)


def test_unknown_category(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no category 'fabrik'. Did you mean 'fabric'\?"):
        draw(tmp_path, categories=["fabrik"])


def test_an_argument_out_of_range(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="demo dataset, size: Input should be greater than"):
        draw(tmp_path, size=8)
