import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from iadbe.errors import AbsentCategoryError, ConfigError, DataError
from iadbe.layouts.folder import index

from .own_images import files_of, put


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "raw"
    put(root, *(f"fein/{n:02d}.png" for n in range(15)), *(f"fein/b/{n:02d}.jpg" for n in range(5)))
    put(root, "kratzer/1.png", "kratzer/tief/2.png", "beule/1.png")
    return root


def read(root: Path, category: str = "part", **options):
    options = {"normal_dir": "fein", "abnormal_dir": ["kratzer", "beule"], **options}
    return index(root, category, cache=root.parent / "cache", **options)


def test_folders_of_any_name_nested_and_several_defect_types(root) -> None:
    frame = read(root)
    assert frame["sample_id"].is_monotonic_increasing
    types = frame.groupby(["split", "defect_type"]).size().to_dict()
    assert types == {
        ("train", "good"): 16,
        ("test", "good"): 4,
        ("test", "kratzer"): 2,
        ("test", "beule"): 1,
    }
    assert frame.set_index("sample_id").loc["kratzer/tief/2.png", "defect_type"] == "kratzer"
    assert not frame["synthetic"].any()
    assert frame["mask_path"].isna().all()


def test_patterns_and_a_folder_a_category(root, tmp_path) -> None:
    shutil.move(root, tmp_path / "all/part")
    (tmp_path / "all/part/defekte").mkdir()
    for name in ("kratzer", "beule"):
        shutil.move(tmp_path / "all/part" / name, tmp_path / "all/part/defekte")
    frame = read(tmp_path / "all", abnormal_dir="defekte/*")
    assert set(frame["defect_type"]) == {"good", "kratzer", "beule"}
    assert "part/defekte/beule/1.png" in set(frame["sample_id"])


def test_the_split_is_seeded_and_does_not_depend_on_where_the_images_lie(root, tmp_path) -> None:
    def tested(frame) -> set[str]:
        return set(frame.loc[frame["split"] == "test", "sample_id"])

    first = tested(read(root))
    assert first == tested(read(root))
    moved = tmp_path / "elsewhere/raw"
    shutil.copytree(root, moved)
    assert first == tested(read(moved))
    assert first != tested(read(root, category="another"))
    assert len(tested(read(root, test_share=0.5))) == 10 + 3


def test_normal_test_images_of_ones_own(root) -> None:
    put(root, "fein_test/1.png")
    frame = read(root, normal_test_dir="fein_test").set_index("sample_id")
    assert frame.groupby(["split", "label"]).size().to_dict() == {
        ("train", 0): 20,
        ("test", 0): 1,
        ("test", 1): 3,
    }


@pytest.mark.parametrize("suffix", ["", "_mask"])
def test_masks_are_paired_by_relative_path_and_stem(root, suffix) -> None:
    names = ("kratzer/1", "kratzer/tief/2", "beule/1")
    put(root, *(f"masken/{name}{suffix}.bmp" for name in names))
    frame = read(root, mask_dir="masken").set_index("sample_id")["mask_path"].dropna()
    assert frame.to_dict() == {f"{n}.png": str(root / f"masken/{n}{suffix}.bmp") for n in names}


def test_a_mask_folder_for_each_abnormal_folder(root) -> None:
    put(root, "mk/1.png", "mk/tief/2_mask.png", "mb/1.png")
    frame = read(root, mask_dir=["mk", "mb"]).set_index("sample_id")["mask_path"]
    assert frame["beule/1.png"] == str(root / "mb/1.png")
    assert frame["kratzer/tief/2.png"] == str(root / "mk/tief/2_mask.png")


def test_masks_inside_the_folder_of_their_images(root) -> None:
    put(root, "kratzer/masks/1.png", "kratzer/masks/tief/2.png")
    frame = read(root, abnormal_dir="kratzer", mask_dir="kratzer/masks")
    assert frame["label"].sum() == 2
    assert frame["mask_path"].notna().sum() == 2


def test_shots_of_one_part_stay_in_one_split(root) -> None:
    shutil.rmtree(root / "fein")
    put(root, *(f"fein/teil{part:02d}_{shot}.png" for part in range(12) for shot in range(4)))
    put(root, "kratzer/teil03_9.png")
    (root / "kratzer/1.png").unlink()
    shutil.rmtree(root / "kratzer/tief")
    frame = read(root, abnormal_dir="kratzer", group=r"teil(\d+)_")
    assert frame.groupby("group")["split"].nunique().max() == 1
    assert frame.loc[frame["group"] == "03", "split"].unique() == ["test"]
    assert (frame["split"] == "test").sum() == 4 + 4 + 1  # 03 counts; a third would be too many
    assert (frame["label"] == 0).sum() == 48


class TestOnlyNormalImages:
    def test_anomalies_are_made_for_the_test_split_and_marked(self, root, tmp_path) -> None:
        before = files_of(root)
        frame = read(root, abnormal_dir=None)
        assert files_of(root) == before
        made = frame[frame["synthetic"]]
        assert frame.groupby(["split", "defect_type"]).size().to_dict() == {
            ("train", "good"): 16,
            ("test", "good"): 4,
            ("test", "synthetic"): 4,
        }
        assert (made["label"] == 1).all()
        tested = frame[(frame["split"] == "test") & ~frame["synthetic"]].set_index("sample_id")
        for row in made.itertuples():
            assert Path(row.image_path).is_relative_to(tmp_path / "cache")
            image = np.asarray(Image.open(row.image_path))
            mask = np.asarray(Image.open(row.mask_path)) > 0
            source = tested.loc[row.sample_id.removeprefix("part/synthetic/"), "image_path"]
            changed = (image != np.asarray(Image.open(source).convert("RGB"))).any(axis=2)
            assert mask.any()
            assert not (changed & ~mask).any()

    def test_they_are_made_once_and_the_same_on_another_machine(self, root, tmp_path) -> None:
        first = read(root, abnormal_dir=None)
        times = files_of(tmp_path / "cache")
        assert read(root, abnormal_dir=None).equals(first)
        assert files_of(tmp_path / "cache") == times
        shutil.copytree(root, tmp_path / "other/raw")
        other = read(tmp_path / "other/raw", abnormal_dir=None)
        assert other["sample_id"].tolist() == first["sample_id"].tolist()
        for one, two in zip(first["image_path"], other["image_path"], strict=True):
            assert Path(one).read_bytes() == Path(two).read_bytes()

    def test_a_changed_photograph_is_damaged_anew(self, root) -> None:
        first = read(root, abnormal_dir=None)
        put(root, *first.loc[first["split"] == "test", "sample_id"].head(1), size=(20, 20))
        again = read(root, abnormal_dir=None)
        assert (first["image_path"] != again["image_path"]).sum() == 1

    def test_of_a_broken_photograph_none_is_made_and_ingestion_says_why(self, root) -> None:
        names = read(root, abnormal_dir=None)
        broken = names.loc[(names["split"] == "test") & ~names["synthetic"], "sample_id"].iloc[0]
        (root / broken).write_bytes(b"no image")
        frame = read(root, abnormal_dir=None)
        assert frame["synthetic"].sum() == 3
        assert broken in set(frame["sample_id"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            {"normal_dir": "fien"},
            "raw/fien: no such folder. Did you mean 'fein'. Correct `normal_dir`",
        ),
        ({"abnormal_dir": "k*r?"}, "no such folder. Correct `abnormal_dir`"),
        ({"mask_dir": "masken"}, "masken: no such folder. Correct `mask_dir`"),
        ({"normal_test_dir": "leer"}, "leer: no images .* in it or below. Put them there, or"),
        ({"normal_test_dir": "kratzer"}, "kratzer/1.png: named by two options"),
        ({"group": r"(\d+)_"}, "path 'fein/00.png' holds no group for .* Correct the option"),
        (
            {"mask_dir": "leer"},
            r"3 anomalous images without a mask \(kratzer/1.png, .*_mask.png etc",
        ),
    ],
)
def test_one_line_with_path_and_remedy(root, options, words) -> None:
    (root / "leer").mkdir()
    with pytest.raises(DataError, match=words) as error:
        read(root, **options)
    assert "\n" not in str(error.value)
    assert str(root) in str(error.value)


@pytest.mark.parametrize("pattern", ["teil", "(a)(b)", "(teil"])
def test_a_malformed_group(root, pattern) -> None:
    with pytest.raises(ConfigError, match=r"option 'group'"):
        read(root, group=pattern)


def test_no_folder_at_all_and_a_mistyped_category(root, tmp_path) -> None:
    with pytest.raises(DataError, match=r"gone: no such dataset folder. Put the images there"):
        read(tmp_path / "gone")
    shutil.move(root, tmp_path / "all/part")
    with pytest.raises(DataError, match=r"Did you mean 'part'\?"):
        read(tmp_path / "all", category="prat")


def test_a_category_is_absent_where_only_others_are_there(root, tmp_path) -> None:
    shutil.move(root, tmp_path / "all/part")
    message = r"all/screw: no such folder. Put the images of screw there. There are: part\."
    with pytest.raises(AbsentCategoryError, match=message):
        read(tmp_path / "all", category="screw")
    put(tmp_path, "all/fein/0.png")  # so `all` itself is a category, and its folders are misnamed
    with pytest.raises(DataError, match=r"all/kratzer: no such folder") as error:
        read(tmp_path / "all", category="screw")
    assert not isinstance(error.value, AbsentCategoryError)


def test_a_mask_without_an_image_and_one_for_two(root) -> None:
    put(root, "masken/kratzer/1.png", "masken/kratzer/tief/2.png", "masken/beule/1.png")
    put(root, "masken/beule/7.png", "masken/good/3.png")
    with pytest.raises(DataError, match=r"1 masks without an anomalous image \(masken/beule/7.png"):
        read(root, mask_dir="masken")
    shutil.rmtree(root / "masken")
    put(root, "masken/1.png", "masken/tief/2.png")
    with pytest.raises(DataError, match=r"masken/1.png: belongs to .*kratzer/1.png.*alike"):
        read(root, mask_dir="masken")


def test_too_few_images_to_split(tmp_path) -> None:
    put(tmp_path / "raw", "fein/1.png")
    with pytest.raises(DataError, match=r"has 1 images and none is left to test on. Add images"):
        read(tmp_path / "raw", abnormal_dir=None)


def test_a_group_torn_by_folders_that_say_the_split(root) -> None:
    put(root, "fein_test/00.png")
    with pytest.raises(DataError, match=r"shots of group '00' lie in two splits"):
        read(root, normal_test_dir="fein_test", group=r"(\d+)\.")
