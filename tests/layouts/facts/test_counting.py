from pathlib import Path

import pandas as pd
import pytest

from iadbe.layouts import load_layout
from iadbe.layouts.facts import check_counts, official

DATA = Path(__file__).parents[4] / "shared" / "data"


def rows(category="bottle", **counts):
    """`train_0=3` are three normal training images."""
    found = [
        {"category": category, "split": name.split("_")[0], "label": int(name[-1])}
        for name, number in counts.items()
        for _ in range(number)
    ]
    return pd.DataFrame(found, columns=["category", "split", "label"])


def test_a_complete_category():
    assert check_counts("mvtec_ad", "bottle", rows(train_0=209, test_0=20, test_1=63)) == []


def test_every_number_that_differs_is_a_line():
    assert check_counts("mvtec_ad", "bottle", rows(train_0=12, test_0=20, test_1=64)) == [
        "bottle: 209 normal training images officially, 12 here: incomplete download?",
        "bottle: 63 anomalous images officially, 64 here: files that do not belong there?",
    ]


def test_images_held_out_for_validation_count_as_training_images():
    frame = rows(train_0=167, val_0=42, test_0=20, test_1=63)
    assert check_counts("mvtec_ad", "bottle", frame) == []


def test_an_official_validation_split_is_counted_apart():
    complete = rows("bagel", train_0=244, val_0=22, test_0=22, test_1=88)
    assert check_counts("mvtec_3d", "bagel", complete) == []
    frame = rows("bagel", train_0=266, test_0=22, test_1=88)
    assert [line.split(" here")[0] for line in check_counts("mvtec_3d", "bagel", frame)] == [
        "bagel: 244 normal training images officially, 266",
        "bagel: 22 normal validation images officially, 0",
    ]


def test_anomalous_images_that_moved_to_training_count():
    frame = rows(train_0=209, train_1=10, test_0=20, test_1=53)
    assert check_counts("mvtec_ad", "bottle", frame) == []


def test_synthetic_anomalies_do_not_count():
    frame = rows(train_0=209, test_0=20, test_1=64)
    frame["synthetic"] = [False] * (len(frame) - 1) + [True]
    assert check_counts("mvtec_ad", "bottle", frame) == []


def test_other_categories_of_the_frame_do_not_count():
    both = pd.concat([rows(train_0=209, test_0=20, test_1=63), rows("cable", train_0=1)])
    assert check_counts("mvtec_ad", "bottle", both) == []
    assert len(check_counts("mvtec_ad", "cable", both)) == 3


def test_a_dataset_without_an_official_split_is_counted_as_a_whole():
    frame = rows("kolektor", train_0=277, test_0=70, test_1=52)
    assert check_counts("kolektor", "kolektor", frame) == []
    assert len(check_counts("kolektor", "kolektor", frame[1:])) == 1


@pytest.mark.parametrize(
    ("dataset", "category"), [("my_parts", "bottle"), ("mvtec_ad", "cup"), ("mvtec_ad_2", "can")]
)
def test_nothing_is_said_of_what_is_not_known(dataset, category):
    assert check_counts(dataset, category, rows(category, train_0=1)) == []


@pytest.mark.skipif(not (DATA / "MVTecAD").is_dir(), reason="needs the real MVTec AD bottle")
def test_the_real_bottle_is_complete():
    frame = load_layout("mvtec_ad")(DATA / "MVTecAD", "bottle")
    assert official("mvtec_ad").categories["bottle"].images == len(frame)
    assert check_counts("mvtec_ad", "bottle", frame) == []
