import numpy as np
import pandas as pd
import pytest

from iadbe.datasets.raw_images import RawImages
from iadbe.errors import DataError
from iadbe.images.memory import Inspections
from iadbe.pipelines.ingestion.labelled_defects import label_defects
from iadbe.pipelines.ingestion.nodes import Ingest, audit_files, split_samples
from iadbe.pipelines.ingestion.validation import hold_out, is_held_out


def ingest(raw, count: int, validation: float = 0.2) -> pd.DataFrame:
    images = RawImages(raw.root, "mvtec_ad", labelled_defects=count)
    memory = Inspections(raw.root.parent / "memory.sqlite")
    settings = Ingest(dataset="ours", categories=["cup"], validation=validation)
    files, findings = audit_files(images, memory, settings)
    return split_samples(files, findings, images, settings)


@pytest.fixture
def more(raw):
    for number in range(8):
        raw.put(f"cup/test/dent/{number}.png")
        raw.put(f"cup/ground_truth/dent/{number}_mask.png")
    return raw


def test_of_each_defect_type_some_move_from_test_to_train(more) -> None:
    before, after = ingest(more, 0), ingest(more, 2)
    assert after.groupby(["split", "defect_type"]).size().to_dict() == {
        ("train", "good"): 16,
        ("val", "good"): 4,
        ("train", "cut"): 3 + 2,
        ("train", "dent"): 2,
        ("test", "good"): 3,
        ("test", "cut"): 1,
        ("test", "dent"): 6,
    }
    same = [name for name in before if name != "split"]
    pd.testing.assert_frame_equal(before[same], after[same])
    normal = before["label"] == 0
    assert (before.loc[normal, "split"] == after.loc[normal, "split"]).all()


def test_the_choice_is_seeded_and_more_defects_are_a_superset(more) -> None:
    def moved(count: int) -> set[str]:
        frame = ingest(more, count)
        return set(frame.loc[(frame["split"] == "train") & (frame["label"] == 1), "sample_id"])

    assert moved(1) == moved(1)
    assert moved(1) < moved(2)


def test_a_defect_type_that_would_not_be_tested_any_more(more) -> None:
    with pytest.raises(DataError) as error:
        ingest(more, 3)
    assert str(error.value) == (
        "cup: `labelled_defects: 3` leaves none of the 3 test images of defect type 'cut'. Lower "
        "it in catalog.yml, or add images."
    )


def frame(*rows: tuple[str, int, str | None], category: str = "a") -> pd.DataFrame:
    """Split, label and group of each."""
    table = pd.DataFrame(rows, columns=["split", "label", "group"])
    table["sample_id"] = [f"{category}/{n:04d}" for n in range(len(rows))]
    table["category"] = category
    table["defect_type"] = np.where(table["label"] == 1, "cut", "good")
    return table


def test_a_part_moves_with_all_its_shots() -> None:
    rows = [("test", int(shot < 2), f"p{part}") for part in range(6) for shot in range(5)]
    table = frame(*rows, *[("train", 0, f"q{n // 4}") for n in range(40)])
    table["split"] = label_defects(table, 3)
    assert table.groupby("group")["split"].nunique().max() == 1
    moved = table[(table["split"] == "train") & (table["label"] == 1)]
    assert len(moved) == 4
    table["split"] = hold_out(table, 0.2)
    assert table.groupby("group")["split"].nunique().max() == 1
    assert (table["split"] == "val").sum() == 8
    assert is_held_out(table, 0.2)
    assert not is_held_out(table, 0.5)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.25, 0.6])
def test_groups_are_held_out_whole_and_the_share_is_recognised(share) -> None:
    sizes = np.random.default_rng(1).integers(1, 7, 40)
    table = frame(*[("train", 0, f"g{n}") for n, size in enumerate(sizes) for _ in range(size)])
    table["split"] = hold_out(table, share)
    assert table.groupby("group")["split"].nunique().max() == 1
    assert abs((table["split"] == "val").sum() - share * len(table)) <= 3.5
    for other in (0.0, 0.1, 0.25, 0.6):
        assert is_held_out(table, other) == (other == share)


def test_a_split_that_the_layout_brought_is_kept() -> None:
    rows = [("val" if n in {3, 4, 11} else "train", 0, None) for n in range(30)]
    table = frame(*rows)
    assert (hold_out(table, 0.5) == table["split"]).all()
    assert is_held_out(table, 0.5)
