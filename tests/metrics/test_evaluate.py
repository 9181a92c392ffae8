from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from sklearn.metrics import roc_auc_score

from iadbe.costs.table import cost_table
from iadbe.datasets.anomaly_maps import AnomalyMaps
from iadbe.errors import ContractError
from iadbe.metrics.detection import METRICS as BOX_METRICS
from iadbe.metrics.detection import NO_BOXES
from iadbe.metrics.detection_table import detection_table
from iadbe.metrics.evaluate import evaluate
from iadbe.metrics.measure import Measure
from iadbe.metrics.overall import overall
from iadbe.models.protocol import Prediction
from iadbe.schemas import DEFECT_SIZES, CurvesSchema, MetricsSchema, ScoresSchema

ROWS = [
    ("image", "auroc"), ("image", "average_precision"), ("image", "f1_max"),
    ("image", "fpr_at_95_tpr"), ("image", "tied_pairs"), ("image", "threshold"),
    ("image", "requested_false_alarm_rate"),
    ("image", "guaranteed_false_alarm_rate"), ("image", "false_alarm_rate"),
    ("image", "miss_rate"), ("pixel", "auroc"), ("pixel", "average_precision"),
    ("pixel", "f1_max"), ("pixel", "iou_max"), ("pixel", "aupimo"), ("region", "aupro"),
    ("region", "aupro_005"), ("region", "pro_at_f1_max"), ("region", "recall_at_1_false_region"),
    ("region", "vanished_defects"),
    ("region", "map50"), ("region", "map50_95"), ("region", "precision"), ("region", "recall"),
    ("region", "f1"), ("system", "fit_seconds"), ("system", "latency_p50_ms"),
]  # fmt: skip


def run(bench) -> tuple[pd.DataFrame, pd.DataFrame]:
    metrics, curves, _ = evaluate(
        bench.cell, bench.samples, bench.predictions, bench.maps, bench.costs, bench.run,
        bench.detections,
    )  # fmt: skip
    return MetricsSchema.validate(metrics), CurvesSchema.validate(curves)


def values(metrics: pd.DataFrame, column: str = "value") -> pd.Series:
    return overall(metrics).set_index(["level", "metric"])[column]


def shuffled(maps: AnomalyMaps, order: np.ndarray) -> AnomalyMaps:
    return AnomalyMaps([maps.sample_ids[i] for i in order], np.asarray(maps.maps)[order])


def test_every_cell_has_the_same_rows(bench) -> None:
    table, curves = run(bench)
    metrics = overall(table)
    assert list(zip(metrics["level"], metrics["metric"], strict=True)) == ROWS
    boxes = metrics["metric"].isin(BOX_METRICS) & (metrics["level"] == "region")
    assert (metrics["value"].isna() == boxes).all()
    assert metrics.loc[~boxes, "reason"].isna().all()
    assert (metrics.loc[boxes, "reason"] == NO_BOXES).all()
    assert (metrics["model"] == "noise").all()
    assert set(curves["curve"]) == {"roc", "precision_recall", "pro"}


def test_values_are_those_of_the_test_split(bench) -> None:
    metrics, _ = run(bench)
    rows = bench.test_rows()
    mask = np.zeros((32, 32), bool)
    mask[8:16, 4:20] = True
    masks = np.stack([mask & (label == 1) for label in rows["label"]])
    maps = np.stack([bench.maps[sample_id] for sample_id in rows["sample_id"]])
    value, n = values(metrics), values(metrics, "n")
    assert value["image", "auroc"] == roc_auc_score(rows["label"], rows["image_score"])
    assert value["pixel", "auroc"] == pytest.approx(roc_auc_score(masks.ravel(), maps.ravel()))
    assert 0.3 < value["region", "aupro"] < 0.7
    assert value["system", "latency_p50_ms"] == 11.0
    assert (n["image", "auroc"], n["image", "threshold"], n["image", "miss_rate"]) == (16, 6, 9)
    assert (n["pixel", "auroc"], n["region", "aupro"]) == (16 * 32 * 32, 9)
    assert (n["system", "fit_seconds"], n["system", "latency_p50_ms"]) == (4, 20)


def test_order_means_nothing(bench) -> None:
    expected = run(bench)
    rng = np.random.default_rng(0)
    mixed = replace(
        bench,
        samples=bench.samples.sample(frac=1, random_state=1),
        predictions=bench.predictions.sample(frac=1, random_state=2),
        maps=shuffled(bench.maps, rng.permutation(len(bench.maps))),
    )
    for table, other in zip(expected, run(mixed), strict=True):
        pd.testing.assert_frame_equal(table, other, rtol=1e-12)


def test_maps_of_the_test_samples_suffice(bench) -> None:
    expected, _ = run(bench)
    tested = [i for i, name in enumerate(bench.maps.sample_ids) if name.startswith("test")]
    metrics, _ = run(replace(bench, maps=shuffled(bench.maps, np.array(tested))))
    pd.testing.assert_frame_equal(metrics, expected)


@pytest.mark.parametrize("maps", [None, AnomalyMaps.from_iterator([])])
def test_a_model_without_maps_keeps_its_rows(bench, maps) -> None:
    metrics, curves = run(replace(bench, maps=maps))
    blank = metrics[metrics["level"].isin(["pixel", "region"])]
    assert len(overall(metrics)) == len(ROWS)
    assert blank["value"].isna().all()
    assert (blank["n"] == 0).all()
    about_maps = ~blank["metric"].isin(BOX_METRICS)
    assert (blank.loc[about_maps, "reason"] == "the model gives no anomaly maps").all()
    assert "pro" not in set(curves["curve"])


def test_boxes_are_compared_with_the_regions_of_the_masks(bench) -> None:
    box = np.array([[4 / 32, 8 / 32, 20 / 32, 16 / 32, 0.5]], np.float32)
    names = bench.test_rows().query("label == 1")["sample_id"]
    boxes = [Prediction(name, 0.0, boxes=box) for name in names]
    run_record = bench.run | {"gives_boxes": True}
    metrics, _ = run(replace(bench, run=run_record, detections=detection_table(boxes[:6])))
    value, n = values(metrics), values(metrics, "n")
    assert value["region", "precision"] == 1
    assert value["region", "recall"] == pytest.approx(6 / 9)
    assert value["region", "f1"] == pytest.approx(12 / 15)
    assert value["region", "map50"] == pytest.approx(67 / 101)
    assert value["region", "map50_95"] == pytest.approx(67 / 101)
    assert n["region", "map50"] == 9


def test_missing_masks_leave_pixel_rows_undefined(bench) -> None:
    samples = bench.samples.copy()
    samples.loc[samples.index[-2:], "mask_path"] = None
    metrics, _ = run(replace(bench, samples=samples))
    aupro = metrics[metrics["metric"] == "aupro"].iloc[0]
    assert np.isnan(aupro["value"])
    assert aupro["reason"] == "no mask for 2 of 9 anomalous test samples"


def test_a_test_set_without_defects_is_undefined_not_zero(bench) -> None:
    kept = bench.samples[bench.samples["label"] == 0]
    predictions = bench.predictions[bench.predictions["sample_id"].isin(kept["sample_id"])]
    rows = [i for i, name in enumerate(bench.maps.sample_ids) if name in set(kept["sample_id"])]
    maps = shuffled(bench.maps, np.array(rows))
    metrics, curves = run(replace(bench, samples=kept, predictions=predictions, maps=maps))
    value, reason = values(metrics), values(metrics, "reason")
    for metric in ("auroc", "average_precision", "f1_max", "miss_rate"):
        assert np.isnan(value["image", metric])
    assert reason["image", "auroc"] == "no anomalous test sample"
    assert reason["pixel", "auroc"] == "no defective pixel in the test masks"
    assert value["image", "false_alarm_rate"] >= 0
    assert curves.empty


def test_no_validation_samples(bench) -> None:
    kept = bench.samples[bench.samples["split"] != "val"]
    ids = set(kept["sample_id"])
    rows = [i for i, name in enumerate(bench.maps.sample_ids) if name in ids]
    metrics, _ = run(replace(
        bench,
        samples=kept,
        predictions=bench.predictions[bench.predictions["sample_id"].isin(ids)],
        maps=shuffled(bench.maps, np.array(rows)),
    ))  # fmt: skip
    assert np.isnan(values(metrics)["image", "threshold"])
    assert "validation" in values(metrics, "reason")["image", "miss_rate"]


def test_an_unknown_cost_stays_null_and_keeps_its_reason(bench) -> None:
    unknown = Measure("system", "gpu_memory_mb", None, 0, "no GPU was used")
    metrics, _ = run(replace(bench, costs=cost_table([unknown])))
    assert np.isnan(values(metrics)["system", "gpu_memory_mb"])
    assert values(metrics, "reason")["system", "gpu_memory_mb"] == "no GPU was used"


@pytest.mark.parametrize("table", ["predictions"])
def test_missing_extra_and_double_rows_are_refused(bench, table: str) -> None:
    rows = getattr(bench, table)
    stranger = rows.iloc[[0]].assign(sample_id="test/stranger")
    for broken, word in (
        (rows.iloc[1:], "lacks"),
        (pd.concat([rows, stranger]), "unknown"),
        (pd.concat([rows, rows.iloc[[3]]]), "more than one"),
    ):
        with pytest.raises(ContractError, match=rf"toy\.noise\.tile\.s0.*{table} .*{word}"):
            run(replace(bench, **{table: broken}))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_scores_that_are_not_finite_are_refused(bench, bad: float) -> None:
    predictions = bench.predictions.copy()
    predictions.loc[9, "image_score"] = bad
    with pytest.raises(ContractError, match=f"finite.*{predictions['sample_id'][9]}"):
        run(replace(bench, predictions=predictions))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_maps_that_are_not_finite_are_refused(bench, bad: float) -> None:
    maps = np.array(bench.maps.maps)
    maps[9, 3, 3] = bad
    with pytest.raises(ContractError, match=f"{bench.maps.sample_ids[9]}.*not finite"):
        run(replace(bench, maps=AnomalyMaps(bench.maps.sample_ids, maps)))


def test_maps_of_the_wrong_samples_or_shape_are_refused(bench) -> None:
    order = np.arange(len(bench.maps) - 1)
    with pytest.raises(ContractError, match="lack 1 samples"):
        run(replace(bench, maps=shuffled(bench.maps, order)))
    names = ["stranger", *bench.maps.sample_ids[1:]]
    with pytest.raises(ContractError, match=r"hold unknown 1 samples, e\.g\. 'stranger'"):
        run(replace(bench, maps=AnomalyMaps(names, bench.maps.maps)))
    small = AnomalyMaps(bench.maps.sample_ids, np.asarray(bench.maps.maps)[:, ::2])
    with pytest.raises(ContractError, match=r"shape \(16, 32\)"):
        run(replace(bench, maps=small))


def test_defect_types_and_sizes_have_rows_of_their_own(bench) -> None:
    samples = bench.samples.copy()
    scratched = samples.index[samples["label"] == 1][:3]
    samples.loc[scratched, "defect_type"] = "scratch"
    metrics, _ = run(replace(bench, samples=samples))
    rows = bench.test_rows()
    chosen = (rows["label"] == 0) | rows["sample_id"].isin(samples.loc[scratched, "sample_id"])
    one = metrics[metrics["defect_type"] == "scratch"].set_index(["level", "metric"])
    expected = roc_auc_score(rows.loc[chosen, "label"], rows.loc[chosen, "image_score"])
    assert one["value"]["image", "auroc"] == pytest.approx(expected)
    assert (one["n"]["image", "auroc"], one["n"]["image", "miss_rate"]) == (10, 3)
    assert (one["n"]["region", "aupro"], one["n"]["pixel", "aupimo"]) == (3, 3)
    assert set(metrics["defect_type"].dropna()) == {"dent", "scratch"}
    large = metrics[metrics["defect_size"] == "large"].set_index(["level", "metric"])["value"]
    whole = values(metrics)  # all defects of the fixture are large
    for key in (("image", "auroc"), ("pixel", "auroc"), ("region", "aupro"), ("pixel", "aupimo")):
        assert large[key] == pytest.approx(whole[key])


def test_intervals_hold_their_values(bench) -> None:
    metrics, _ = run(bench)
    bounded = metrics[metrics["ci_low"].notna()]
    assert (bounded["ci_low"] <= bounded["value"]).all()
    assert (bounded["value"] <= bounded["ci_high"]).all()
    named = set(zip(overall(bounded)["level"], overall(bounded)["metric"], strict=True))
    assert {("image", "auroc"), ("image", "miss_rate"), ("pixel", "auroc"), ("region", "aupro"),
            ("pixel", "average_precision"), ("region", "aupro_005")} <= named  # fmt: skip


def test_each_group_of_defects_has_intervals(bench) -> None:
    samples = bench.samples.copy()
    anomalous = samples.index[samples["label"] == 1]
    samples.loc[anomalous[:3], "defect_type"] = "scratch"
    samples.loc[anomalous[3], "defect_type"] = "crack"
    metrics, _ = run(replace(bench, samples=samples))
    resampled = ["auroc", "average_precision", "f1_max", "iou_max", "aupro", "aupro_005",
                 "pro_at_f1_max"]  # fmt: skip
    maps = metrics[metrics["level"].isin(["pixel", "region"])].set_index("metric")
    maps["width"] = maps["ci_high"] - maps["ci_low"]
    for name in ("scratch", "dent"):
        assert (maps.loc[maps["defect_type"] == name, "width"].loc[resampled] > 0).all()
    # Drawn again, a single image does not vary: Newcombe's interval at most.
    single = metrics[(metrics["defect_type"] == "crack") & metrics["ci_low"].notna()]
    assert set(single["metric"]) <= {"auroc", "fpr_at_95_tpr", "miss_rate"}
    assert set(single["level"]) == {"image"}
    # All defects of the fixture are large: the same images, binned a little coarser.
    large = maps.loc[maps["defect_size"] == "large", "width"].loc[resampled]
    whole = overall(maps)["width"].loc[resampled]
    assert large.to_numpy() == pytest.approx(whole.to_numpy(), rel=0.1)


def test_what_the_model_saw_of_the_test_is_stamped_on_its_quality(bench) -> None:
    cell = bench.cell.model_copy(update={"leakage": "early stop"})
    metrics, _ = run(replace(bench, cell=cell))
    costs = metrics["level"] == "system"
    assert set(metrics.loc[~costs, "leakage"]) == {"early stop"}
    assert set(metrics.loc[costs, "leakage"]) == {"none"}


def test_a_defect_too_small_for_the_image_size_is_counted(bench) -> None:
    rows = bench.samples[bench.samples["label"] == 1]
    blank = np.zeros((64, 64), np.uint8)
    Image.fromarray(blank).save(rows["mask_path"].iloc[0])
    metrics, _ = run(bench)
    assert values(metrics)["region", "vanished_defects"] == 1
    assert values(metrics, "n")["pixel", "aupimo"] == 8


def test_the_scores_are_kept_with_what_is_true_of_each_test_sample(bench) -> None:
    inputs = (bench.cell, bench.samples, bench.predictions, bench.maps, bench.costs, bench.run)
    *_, scores = evaluate(*inputs, bench.detections)
    table = ScoresSchema.validate(scores)
    kept = table.merge(bench.test_rows(), on=["sample_id", "label", "defect_type", "image_score"])
    assert len(kept) == len(table) == 16
    assert set(table.loc[table["label"] == 1, "defect_size"]) <= set(DEFECT_SIZES)
    assert table.loc[table["label"] == 0, "defect_size"].isna().all()
