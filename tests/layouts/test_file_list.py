from pathlib import Path

import pandas as pd
import pytest

from iadbe.errors import DataError
from iadbe.layouts.file_list import index

from .own_images import put

GOOD = [f"a/{n}.png" for n in range(10)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "raw"
    put(root, *GOOD, "b/x.png", "b/y.png", "m/x.png")
    return root


def write(root: Path, rows: list[dict], name: str = "list.csv") -> Path:
    table = pd.DataFrame(rows)
    if name.endswith("csv"):
        table.to_csv(root / name, index=False)
    else:
        table.to_parquet(root / name)
    return root / name


def read(root: Path, category: str = "part", **options) -> pd.DataFrame:
    return index(root, category, cache=root.parent / "cache", **options)


ROWS = [
    *({"path": path, "label": 0, "defect_type": "good", "mask": None} for path in GOOD),
    {"path": "b/x.png", "label": 1, "defect_type": "cut", "mask": "m/x.png"},
    {"path": "b/y.png", "label": 1, "defect_type": "dent", "mask": None},
]


@pytest.mark.parametrize("name", ["list.csv", "list.parquet"])
def test_a_list_without_splits(root, name) -> None:
    write(root, ROWS, name)
    frame = read(root).set_index("sample_id")
    assert frame.groupby(["split", "defect_type"]).size().to_dict() == {
        ("train", "good"): 8,
        ("test", "good"): 2,
        ("test", "cut"): 1,
        ("test", "dent"): 1,
    }
    assert frame.loc["b/x.png", "mask_path"] == str(root / "m/x.png")
    assert frame.loc["b/y.png", "mask_path"] is None


def test_csv_and_parquet_give_the_same(root) -> None:
    write(root, ROWS)
    write(root, ROWS, "list.parquet")
    assert read(root, file="list.csv").equals(read(root / "list.parquet"))


def test_only_labels_in_words_and_given_splits(root) -> None:
    rows = [{"path": p, "label": "OK", "split": "test" if p == GOOD[3] else "train"} for p in GOOD]
    write(root, [*rows, {"path": "b/x.png", "label": "NG", "split": "train"}])
    frame = read(root).set_index("sample_id")
    assert frame.loc["b/x.png", ["split", "label", "defect_type"]].tolist() == [
        "train",
        1,
        "anomalous",
    ]
    assert frame.index[frame["split"] == "test"].tolist() == [GOOD[3]]


def test_categories_and_groups(root) -> None:
    rows = [
        {"path": path, "label": 0, "category": "ab"[n % 2], "serial": n // 4}
        for n, path in enumerate(GOOD)
    ]
    write(root, rows)
    frame = read(root, "a", group="serial", test_share=0.4)
    assert sorted(frame.loc[~frame["synthetic"], "sample_id"]) == GOOD[::2]
    assert frame.groupby("group")["split"].nunique().max() == 1
    assert frame["synthetic"].sum() == ((frame["split"] == "test") & ~frame["synthetic"]).sum() > 0
    with pytest.raises(DataError, match=r"no row for category 'c'. It has: a, b\."):
        read(root, "c")


def test_a_spreadsheet_with_semicolons(root) -> None:
    lines = ["path;label", *(f"{path};0" for path in GOOD), "b/x.png;1"]
    (root / "list.csv").write_text("\n".join(lines))
    assert read(root)["label"].sum() == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"path": "b/z.png", "label": 1}, r"1 files that it names are not there \(.*b/z.png\)"),
        ({"path": "b/x.png", "label": 2}, "'b/x.png': label '2' is neither normal nor anomalous"),
        ({"path": "b/x.png", "label": 0, "defect_type": "cut"}, "which contradict. Correct one"),
        ({"path": "b/x.png", "label": 1, "split": "val"}, "split 'val' is neither train nor test"),
        ({"path": "a/1.png", "label": 0}, "listed twice: .*a/1.png. Keep one row"),
        ({"path": "b/x.png", "label": None}, "neither label nor defect_type. Fill one in"),
        ({"path": None, "label": 1}, "row 11 has no path"),
        ({"path": "b/x.png", "label": 1, "mask": "m/7.png"}, "m/7.png"),
    ],
)
def test_rows_that_are_not_clear(root, row, words) -> None:
    file = write(root, [*({"path": path, "label": 0} for path in GOOD), row])
    with pytest.raises(DataError, match=words) as error:
        read(root)
    assert str(error.value).startswith(str(file))
    assert "\n" not in str(error.value)


def test_lists_that_are_missing_or_lack_columns(root) -> None:
    with pytest.raises(
        DataError, match=r"one list \(.csv or .parquet\) is needed, there are: none"
    ):
        read(root)
    write(root, [{"file": "a/1.png", "label": 0}])
    with pytest.raises(DataError, match=r"no column 'path'. Add it. There are: file, label"):
        read(root)
    write(root, [{"path": "a/1.png", "lable": 0}])
    with pytest.raises(DataError, match=r"no column 'label'. Did you mean 'lable'\?"):
        read(root)
    write(root, ROWS, "other.csv")
    with pytest.raises(DataError, match=r"there are: list.csv, other.csv. Name it in the option"):
        read(root)
    with pytest.raises(DataError, match=r"no column 'serial'. .*option `group`"):
        read(root, file="other.csv", group="serial")
    (root / "third.parquet").write_text("no table")
    with pytest.raises(DataError, match=r"third.parquet: cannot be read as a table"):
        read(root, file="third.parquet")


def test_a_group_in_two_splits(root) -> None:
    rows = [{"path": p, "label": 0, "split": "train", "group": "g"} for p in GOOD[:5]]
    write(root, [*rows, {"path": GOOD[6], "label": 0, "split": "test", "group": "g"}])
    with pytest.raises(DataError, match=r"'g' lie in two splits: .*a/0.png in train.*"):
        read(root)
