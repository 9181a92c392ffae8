"""Which pictures a report has room for."""

from __future__ import annotations

import pandas as pd

from iadbe.reporting.drill_down.budget import BASE_BYTES, allowance, choose
from iadbe.schemas import ExamplesSchema, ThumbnailsSchema

IMAGE, MAP = b"i" * 100, b"m" * 10


def examples(*models):
    rows = [
        dict.fromkeys(ExamplesSchema.to_schema().columns)
        | {"dataset": "d", "model": model, "category": "c", "seed": 0, "kind": "worst_miss"}
        | {"sample_id": f"{place}", "place": place, "image": IMAGE, "anomaly_map": MAP}
        for model in models
        for place in (1, 2, 3)
    ]
    return pd.DataFrame(rows, columns=list(ExamplesSchema.to_schema().columns))


def thumbnails(count):
    told = {"dataset": "d", "category": "c", "split": "test", "label": 1, "defect_type": "hole"}
    rows = [
        told | {"sample_id": f"t{place}", "image": IMAGE, "mask": None} for place in range(count)
    ]
    return pd.DataFrame(rows, columns=list(ThumbnailsSchema.to_schema().columns))


def test_an_image_that_many_models_show_is_paid_for_once():
    chosen = choose(examples("a", "b", "c"), thumbnails(0), max_bytes=3 * 100 + 9 * 10)
    assert len(chosen.pictures) == 3
    assert len(chosen.maps) == 9
    assert chosen.left_out == 0


def test_a_cut_hits_all_models_alike():
    chosen = choose(examples("a", "b"), thumbnails(0), max_bytes=2 * 100 + 4 * 10)
    kept = examples("a", "b").loc[sorted(chosen.maps)]
    assert kept.groupby("model")["place"].apply(list).to_dict() == {"a": [1, 2], "b": [1, 2]}
    assert chosen.left_out == 2


def test_each_defect_type_is_seen_before_any_example_and_the_rest_comes_last():
    room = 2 * 100 + 3 * 110
    first = choose(examples("a"), thumbnails(5), max_bytes=room)
    assert {name for _, name in first.pictures} == {"t0", "t1", "1", "2", "3"}
    more = choose(examples("a"), thumbnails(5), max_bytes=room + 200)
    assert {name for _, name in more.pictures} == {"t0", "t1", "t2", "t3", "1", "2", "3"}


def test_the_allowance_grows_with_the_matrix_to_what_25_mb_hold():
    assert allowance(1) == allowance(15) == BASE_BYTES
    base64, plotly = 4 / 3, 5e6
    assert allowance(16 * 41) * base64 + plotly < 18e6
