"""Means over seeds, then over categories, what they are over, and how far seeds lie apart."""

from __future__ import annotations

import pandas as pd

from iadbe.metrics.overall import overall
from iadbe.reporting.results import only_degenerate, only_done, with_result

METRICS = {
    "image/auroc": "image_auroc",
    "image/average_precision": "image_average_precision",
    "image/f1_max": "image_f1_max",
    "image/fpr_at_95_tpr": "fpr_at_95_tpr",
    "pixel/auroc": "pixel_auroc",
    "pixel/average_precision": "pixel_average_precision",
    "pixel/f1_max": "pixel_f1_max",
    "pixel/iou_max": "iou_max",
    "pixel/aupimo": "aupimo",
    "region/aupro": "aupro",
    "region/aupro_005": "aupro_005",
    "region/pro_at_f1_max": "pro_at_f1_max",
    "region/recall_at_1_false_region": "recall_at_1_false_region",
    "region/map50": "map50",
    "region/map50_95": "map50_95",
    "region/precision": "precision",
    "region/recall": "recall",
    "region/f1": "f1",
    "image/false_alarm_rate": "false_alarm_rate",
    "image/miss_rate": "miss_rate",
    "system/fit_seconds": "fit_seconds",
    "system/warm_up_ms": "warm_up_ms",
    "system/latency_p50_ms": "latency_p50_ms",
    "system/latency_p95_ms": "latency_p95_ms",
    "system/throughput_per_s": "throughput_per_s",
    "system/decode_ms": "decode_ms",
    "system/peak_memory_mb": "peak_memory_mb",
    "system/gpu_memory_mb": "gpu_memory_mb",
    "system/model_size_mb": "model_size_mb",
    "system/parameters": "parameters",
    "system/energy_j_per_image": "energy_j_per_image",
    "system/gpu_energy_j_per_image": "gpu_energy_j_per_image",
}
"""The leaderboard's column of each level and metric."""

COSTS = [name for path, name in METRICS.items() if path.startswith("system/")]
"""Columns that say what a model costs, not how good it is."""

QUALITY = [name for name in METRICS.values() if name not in COSTS]

MODEL = ["dataset", "model"]


def averages(metrics: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """Means of each model over its categories; nothing degenerate is in a mean of quality.

    Args:
        metrics: Long table of metric values (`iadbe.schemas.MetricsSchema`).
        runs: One row a cell of the matrix (`iadbe.schemas.RunsSchema`).

    Returns:
        One row a model with a result, indexed by dataset and model: `METRICS`, for each quality
        metric `<metric>_categories`, the number of categories that its mean is over, and what
        `_over_seeds` gives. Costs are true of degenerate cells, too, and count.
    """
    values = by_category(only_done(metrics, runs)).groupby(MODEL)
    costs = by_category(with_result(metrics, runs))[COSTS].groupby(MODEL).mean()
    counts = values[QUALITY].count().add_suffix("_categories")
    seeds = _over_seeds(only_done(metrics, runs))
    return costs.join([values[QUALITY].mean(), counts, seeds]).rename_axis(columns=None)


def shown_by_category(metrics: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """Values to show a category: of the seeds that are done; without any, of degenerate ones."""
    done = by_category(only_done(metrics, runs))
    bad = by_category(only_degenerate(metrics, runs))
    return pd.concat([done, bad[~bad.index.isin(done.index)]])


def by_category(metrics: pd.DataFrame) -> pd.DataFrame:
    """Mean over seeds: a row a dataset, model and category, a column each of `METRICS`."""
    whole = overall(metrics)
    named = whole.assign(name=(whole["level"] + "/" + whole["metric"]).map(METRICS))
    cells = named.groupby([*MODEL, "category", "name"])["value"].mean()
    return cells.unstack("name").reindex(columns=list(METRICS.values())).astype(float)  # noqa: PD010


def _over_seeds(metrics: pd.DataFrame) -> pd.DataFrame:
    """Spread over seeds of the mean image AUROC, and the number of seeds that it is of.

    `image_auroc_spread` is the sample standard deviation of each seed's mean over the categories;
    null for one seed. Only `seeds` with a value in every category of the model's mean are counted:
    means over different categories would differ for another reason than the seed.
    """
    whole = overall(metrics)
    rows = whole[(whole["level"] == "image") & (whole["metric"] == "auroc")]
    wide = rows.groupby([*MODEL, "seed", "category"])["value"].mean().unstack("category")  # noqa: PD010
    known = wide.notna()
    needed = known.groupby(MODEL).transform("any")
    complete = (known | ~needed).all(axis=1) & known.any(axis=1)
    seeds = wide[complete].mean(axis=1).groupby(MODEL)
    return pd.DataFrame({"image_auroc_spread": seeds.std(), "seeds": seeds.count()})
