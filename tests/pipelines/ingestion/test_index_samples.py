import pandas as pd
import pytest

from iadbe.schemas import SamplesSchema


def test_the_manifest(raw) -> None:
    raw.put_category("pan")
    samples = raw.ingest("pan", "cup")
    SamplesSchema.validate(samples)
    assert samples["sample_id"].is_monotonic_increasing
    assert set(samples["dataset"]) == {"ours"}
    assert samples["category"].value_counts().to_dict() == {"cup": 29, "pan": 29}
    marked = samples["mask_path"].notna()
    assert samples[marked].groupby("split").size().to_dict() == {"test": 6}
    assert (samples["mask_sha256"].notna() == marked).all()


def test_a_dataset_without_masks_holds_the_schema_through_parquet(raw, tmp_path) -> None:
    for mask in (raw.root / "cup/ground_truth/cut").iterdir():
        mask.unlink()
    (raw.root / "cup/ground_truth/cut").rmdir()
    (raw.root / "cup/ground_truth").rmdir()
    SamplesSchema.validate(raw.ingest()).to_parquet(tmp_path / "samples.parquet")
    again = SamplesSchema.validate(pd.read_parquet(tmp_path / "samples.parquet"))
    assert again["mask_path"].isna().all()


def test_mixed_sizes_are_recorded(raw) -> None:
    raw.put("cup/train/good/wide.png", (31, 9))
    raw.put("cup/test/cut/001.png", (5, 40))
    raw.put("cup/ground_truth/cut/001_mask.png", (5, 40))
    samples = raw.ingest().set_index("sample_id")
    assert tuple(samples.loc["cup/train/good/wide.png", ["height", "width"]]) == (9, 31)
    assert tuple(samples.loc["cup/test/cut/001.png", ["height", "width"]]) == (40, 5)


@pytest.mark.parametrize(("share", "held_out"), [(0.0, 0), (0.2, 4), (0.5, 10)])
def test_a_share_of_the_normal_training_images_is_held_out(raw, share, held_out) -> None:
    samples = raw.ingest(validation=share)
    val = samples[samples["split"] == "val"]
    assert len(val) == held_out
    assert (val["label"] == 0).all()
    assert (val["defect_type"] == "good").all()
    assert (samples["split"] == "test").sum() == 6
    assert ((samples["split"] == "train") & (samples["label"] == 1)).sum() == 3


def test_the_split_is_seeded_and_of_each_category_alone(raw) -> None:
    def split(samples: pd.DataFrame) -> dict[str, str]:
        mine = samples[samples["category"] == "cup"]
        return dict(zip(mine["sample_id"], mine["split"], strict=True))

    alone = split(raw.ingest())
    assert alone == split(raw.ingest())
    raw.put_category("bowl")
    raw.put_category("pan", train=7)
    assert alone == split(raw.ingest("bowl", "cup", "pan")) == split(raw.ingest("pan", "cup"))


def test_categories_do_not_hold_out_the_same_numbers(raw) -> None:
    raw.put_category("pan")
    samples = raw.ingest("cup", "pan")
    val = samples[samples["split"] == "val"]
    names = val.groupby("category")["image_path"].apply(lambda paths: {p[-7:] for p in paths})
    assert names["cup"] != names["pan"]
