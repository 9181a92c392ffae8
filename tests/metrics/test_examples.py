import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from iadbe.datasets.anomaly_maps import AnomalyMaps
from iadbe.errors import ContractError
from iadbe.metrics.examples import choose_examples
from iadbe.schemas import ExamplesSchema


def choose(bench, **options):
    table = choose_examples(bench.cell, bench.samples, bench.predictions, bench.maps, **options)
    return ExamplesSchema.validate(table)


def picture(data: bytes, form: str = "JPEG") -> np.ndarray:
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == form
        return np.asarray(image)


def test_the_most_telling_samples_are_chosen(bench) -> None:
    table = choose(bench, per_kind=3)
    rows = bench.test_rows().sort_values("image_score")
    anomalous, normal = rows[rows["label"] == 1], rows[rows["label"] == 0]
    chosen = {kind: list(group["sample_id"]) for kind, group in table.groupby("kind")}
    assert chosen == {
        "worst_miss": list(anomalous["sample_id"][:3]),
        "worst_false_alarm": list(normal["sample_id"][::-1][:3]),
        "typical_hit": [anomalous["sample_id"].iloc[place] for place in (5, 6, 4)],
    }
    assert (table.groupby("kind")["place"].apply(list).map(tuple) == (1, 2, 3)).all()


@pytest.mark.parametrize("per_kind", [1, 4, 5, 50])
def test_no_sample_is_both_a_miss_and_a_hit(bench, per_kind: int) -> None:
    table = choose(bench, per_kind=per_kind)
    anomalous = table[table["label"] == 1]
    assert anomalous["sample_id"].is_unique
    assert len(anomalous) == min(2 * per_kind, 9)
    assert table.groupby("kind").size().max() <= per_kind


def test_pictures_can_be_looked_at(bench) -> None:
    table = choose(bench, edge=16)
    for _, row in table.iterrows():
        assert picture(row["image"]).shape == (16, 16, 3)
        assert picture(row["anomaly_map"]).shape == (16, 16)
        assert (row["mask"] is None) == (row["label"] == 0)
    defect = picture(table[table["label"] == 1]["mask"].iloc[0], form="PNG")
    assert defect[4:8, 2:10].all()
    assert defect.sum() == 4 * 8


def test_pictures_are_the_same_bytes_every_time_in_any_order(bench) -> None:
    bench.predictions["image_score"] = 1.0
    mixed = replace(
        bench,
        samples=bench.samples.sample(frac=1, random_state=1),
        predictions=bench.predictions.sample(frac=1, random_state=2),
    )
    assert choose(bench).equals(choose(mixed))


def test_all_maps_of_a_cell_share_one_scale(bench) -> None:
    maps = np.full((len(bench.maps), 32, 32), -2.0, np.float32)
    worst = choose(bench)["sample_id"].iloc[0]
    maps[bench.maps.sample_ids.index(worst), :16] = 6.0
    table = choose(replace(bench, maps=AnomalyMaps(bench.maps.sample_ids, maps)))
    assert set(table["map_low"]) == {-2.0}
    assert set(table["map_high"]) == {6.0}
    grey = {row["sample_id"]: picture(row["anomaly_map"]) for _, row in table.iterrows()}
    assert (grey[worst][:14] > 250).all()
    assert (grey.pop(worst)[18:] < 5).all()
    assert max(other.max() for other in grey.values()) < 5


def test_without_maps_or_masks_those_pictures_are_null(bench) -> None:
    samples = bench.samples.assign(mask_path=None)
    table = choose(replace(bench, maps=None, samples=samples))
    assert len(table) == 9
    assert table[["anomaly_map", "map_low", "map_high"]].isna().all(axis=None)
    assert table["mask"].isna().all()


def test_a_category_without_normal_test_samples(bench) -> None:
    samples = bench.samples[(bench.samples["split"] != "test") | (bench.samples["label"] == 1)]
    predictions = bench.predictions[bench.predictions["sample_id"].isin(samples["sample_id"])]
    table = choose(replace(bench, samples=samples, predictions=predictions, maps=None))
    assert set(table["kind"]) == {"worst_miss", "typical_hit"}


def test_a_missing_prediction_or_map_is_refused(bench) -> None:
    with pytest.raises(ContractError, match="lacks 1 samples"):
        choose(replace(bench, predictions=bench.predictions.iloc[:-1]))
    maps = AnomalyMaps(bench.maps.sample_ids[:-1], np.asarray(bench.maps.maps)[:-1])
    with pytest.raises(ContractError, match="lack 1 samples"):
        choose(replace(bench, maps=maps))
