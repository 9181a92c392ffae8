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


def picture(data: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "JPEG"
        return np.asarray(image)


def test_the_most_telling_samples_are_chosen(bench) -> None:
    table = choose(bench, per_kind=3)
    rows = bench.test_rows().sort_values("image_score")
    anomalous, normal = rows[rows["label"] == 1], rows[rows["label"] == 0]
    chosen = {kind: list(group["sample_id"]) for kind, group in table.groupby("kind")}
    assert chosen == {
        "worst_miss": list(anomalous["sample_id"][:3]),
        "worst_false_alarm": list(normal["sample_id"][::-1][:3]),
        "best_hit": list(anomalous["sample_id"][::-1][:3]),
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
    table = choose(bench, thumbnail=64)
    for _, row in table.iterrows():
        assert picture(row["image"]).shape == (64, 64, 3)
        assert picture(row["anomaly_map"]).shape == (64, 64, 3)
        assert (row["mask"] is None) == (row["label"] == 0)
    outlined = picture(table[table["label"] == 1]["mask"].iloc[0]).astype(int)
    cyan = np.abs(outlined - (0, 230, 255)).sum(axis=2) < 120
    assert cyan[15, 10:36].mean() > 0.8
    assert not cyan[20:28, 14:34].any()


def test_pictures_are_the_same_bytes_every_time_in_any_order(bench) -> None:
    bench.predictions["image_score"] = 1.0
    mixed = replace(
        bench,
        samples=bench.samples.sample(frac=1, random_state=1),
        predictions=bench.predictions.sample(frac=1, random_state=2),
    )
    assert choose(bench).equals(choose(mixed))


def test_all_maps_of_a_cell_share_one_colour_scale(bench) -> None:
    maps = np.zeros((len(bench.maps), 32, 32), np.float32)
    best = bench.test_rows().sort_values("image_score")["sample_id"].iloc[-1]
    maps[bench.maps.sample_ids.index(best)] = 1.0
    table = choose(replace(bench, maps=AnomalyMaps(bench.maps.sample_ids, maps)))
    redness = {
        row["sample_id"]: float((picture(row["anomaly_map"]).astype(int) @ (1, 0, -1)).mean())
        for _, row in table.iterrows()
    }
    assert max(redness, key=redness.__getitem__) == best
    assert redness.pop(best) > 60 > max(map(abs, redness.values()))


def test_without_maps_or_masks_those_pictures_are_null(bench) -> None:
    samples = bench.samples.assign(mask_path=None)
    table = choose(replace(bench, maps=None, samples=samples))
    assert len(table) == 9
    assert table["anomaly_map"].isna().all()
    assert table["mask"].isna().all()


def test_a_category_without_normal_test_samples(bench) -> None:
    samples = bench.samples[(bench.samples["split"] != "test") | (bench.samples["label"] == 1)]
    predictions = bench.predictions[bench.predictions["sample_id"].isin(samples["sample_id"])]
    table = choose(replace(bench, samples=samples, predictions=predictions, maps=None))
    assert set(table["kind"]) == {"worst_miss", "best_hit"}


def test_a_missing_prediction_or_map_is_refused(bench) -> None:
    with pytest.raises(ContractError, match="lacks 1 samples"):
        choose(replace(bench, predictions=bench.predictions.iloc[:-1]))
    maps = AnomalyMaps(bench.maps.sample_ids[:-1], np.asarray(bench.maps.maps)[:-1])
    with pytest.raises(ContractError, match="lack 1 samples"):
        choose(replace(bench, maps=maps))
