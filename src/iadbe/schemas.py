"""The tables that leave a pipeline stage, checked on every load and save (catalog `validator:`)."""

from __future__ import annotations

import pandera.pandas as pa
from pandera.typing import Series

NORMAL = "good"
"""The defect type of a normal sample, as MVTec AD names it."""

STATUSES = ("done", "failed", "skipped", "degenerate", "stale", "missing")
RESULT = ("done", "degenerate")
"""Statuses of cells with a fresh result; a degenerate one is shown, never ranked or averaged."""
LEVELS = ("image", "pixel", "region", "system")
DEFECT_SIZES = ("small", "medium", "large")
LEAKAGES = ("none", "threshold", "model selection", "early stop")
"""What of the test data had a part in a value: nothing, or the choice that is named."""
_NAME = r"^[a-z0-9_]+$"


class _Table(pa.DataFrameModel):
    class Config:
        strict = True
        coerce = True


class _CellTable(_Table):
    """The four columns that name a cell."""

    dataset: Series[str] = pa.Field(str_matches=_NAME)
    model: Series[str] = pa.Field(str_matches=_NAME)
    category: Series[str] = pa.Field(str_matches=_NAME)
    seed: Series[int] = pa.Field(ge=0)


class SamplesSchema(_Table):
    """One row an image. `boxes` is JSON: a list of [left, top, right, bottom] shares in [0, 1].

    `depth_path` is the depth image beside it, `group` names shots of one part, which share a
    split, and `synthetic` marks an anomaly that was drawn, not photographed.
    """

    sample_id: Series[str] = pa.Field(unique=True)
    dataset: Series[str] = pa.Field(str_matches=_NAME)
    category: Series[str] = pa.Field(str_matches=_NAME)
    split: Series[str] = pa.Field(isin=["train", "val", "test"])
    label: Series[pa.Int8] = pa.Field(isin=[0, 1])
    defect_type: Series[str]
    image_path: Series[str]
    mask_path: Series[str] = pa.Field(nullable=True)
    boxes: Series[str] = pa.Field(nullable=True)
    height: Series[int] = pa.Field(gt=0)
    width: Series[int] = pa.Field(gt=0)
    sha256: Series[str]
    mask_sha256: Series[str] = pa.Field(nullable=True)
    depth_path: Series[str] = pa.Field(nullable=True)
    group: Series[str] = pa.Field(nullable=True)
    synthetic: Series[bool]


OPTIONAL_SAMPLE_COLUMNS = {"depth_path": None, "group": None, "synthetic": False}
"""Columns of the manifest that a layout may leave out, with what they are then."""


class AuditSchema(_Table):
    """One row a finding of a dataset's audit; `path` is a file, or the category's name."""

    dataset: Series[str] = pa.Field(str_matches=_NAME)
    severity: Series[str] = pa.Field(isin=["error", "warning", "info"])
    rule: Series[str] = pa.Field(str_matches=_NAME)
    category: Series[str] = pa.Field(str_matches=_NAME)
    path: Series[str]
    message: Series[str]
    remedy: Series[str]


class PredictionsSchema(_Table):
    """One raw image score a sample."""

    sample_id: Series[str] = pa.Field(unique=True)
    image_score: Series[float]


class LatenciesSchema(_Table):
    """Milliseconds a sample; apart from the scores, whose bytes are reproducible."""

    sample_id: Series[str] = pa.Field(unique=True)
    latency_ms: Series[float] = pa.Field(ge=0)


class CostsSchema(_Table):
    """One row a cost of the model; an unknown one is null and says why."""

    metric: Series[str] = pa.Field(str_matches=_NAME, unique=True)
    value: Series[float] = pa.Field(nullable=True)
    n: Series[int] = pa.Field(ge=0)
    reason: Series[str] = pa.Field(nullable=True)


class DetectionsSchema(_Table):
    """One row a predicted box, as shares of width and height; none if a model gives no boxes."""

    sample_id: Series[str]
    left: Series[float] = pa.Field(ge=0, le=1)
    top: Series[float] = pa.Field(ge=0, le=1)
    right: Series[float] = pa.Field(ge=0, le=1)
    bottom: Series[float] = pa.Field(ge=0, le=1)
    confidence: Series[float]


class MetricsSchema(_CellTable):
    """Long table of metric values; an undefined value is null and says why.

    `defect_type` and `defect_size` are null where a value is over all defects. `ci_low` and
    `ci_high` bound it with 95 % confidence, null where no interval is known. `leakage` names what
    of the test data had a part in it.
    """

    level: Series[str] = pa.Field(isin=LEVELS)
    metric: Series[str] = pa.Field(str_matches=_NAME)
    defect_type: Series[str] = pa.Field(nullable=True)
    defect_size: Series[str] = pa.Field(isin=DEFECT_SIZES, nullable=True)
    value: Series[float] = pa.Field(nullable=True)
    n: Series[int] = pa.Field(ge=0)
    ci_low: Series[float] = pa.Field(nullable=True)
    ci_high: Series[float] = pa.Field(nullable=True)
    leakage: Series[str] = pa.Field(isin=LEAKAGES)
    reason: Series[str] = pa.Field(nullable=True)


class CurvesSchema(_CellTable):
    """Points of the curves behind the metrics, thinned for drawing."""

    curve: Series[str] = pa.Field(isin=["roc", "precision_recall", "pro"])
    x: Series[float]
    y: Series[float]


class ScoresSchema(_CellTable):
    """Raw image score of every test sample, with what is true of it.

    `defect_size` is that of its largest defect; null for normal samples and where no mask tells.
    """

    sample_id: Series[str]
    label: Series[pa.Int8] = pa.Field(isin=[0, 1])
    defect_type: Series[str]
    defect_size: Series[str] = pa.Field(isin=DEFECT_SIZES, nullable=True)
    image_score: Series[float]


EXAMPLE_KINDS = ("worst_miss", "worst_false_alarm", "typical_hit")


class ExamplesSchema(_CellTable):
    """Telling test samples with their anomaly maps, ready for the report.

    `kind` is `worst_miss` (anomalous, lowest scores), `worst_false_alarm` (normal, highest
    scores) or `typical_hit` (anomalous, scores around the median of the rest); `place` counts from
    1. `image` and `mask` are as in `ThumbnailsSchema`. `anomaly_map` is a grey JPEG: 0 stands for
    `map_low` and 255 for `map_high`, raw values that are the same for all samples of a cell.
    """

    sample_id: Series[str]
    kind: Series[str] = pa.Field(isin=EXAMPLE_KINDS)
    place: Series[int] = pa.Field(ge=1)
    label: Series[pa.Int8] = pa.Field(isin=[0, 1])
    defect_type: Series[str]
    image_score: Series[float]
    image: Series[object]
    mask: Series[object] = pa.Field(nullable=True)
    anomaly_map: Series[object] = pa.Field(nullable=True)
    map_low: Series[float] = pa.Field(nullable=True)
    map_high: Series[float] = pa.Field(nullable=True)


class ThumbnailsSchema(_Table):
    """Small pictures of a dataset's images, the same for all models.

    `image` is a colour JPEG, `mask` a black and white PNG of the same size: null for normal images
    and where no mask is known.
    """

    dataset: Series[str] = pa.Field(str_matches=_NAME)
    category: Series[str] = pa.Field(str_matches=_NAME)
    sample_id: Series[str] = pa.Field(unique=True)
    split: Series[str] = pa.Field(isin=["train", "val", "test"])
    label: Series[pa.Int8] = pa.Field(isin=[0, 1])
    defect_type: Series[str]
    image: Series[object]
    mask: Series[object] = pa.Field(nullable=True)


class TransferSchema(_CellTable):
    """One row a category that a cell's model was tested on without having seen it.

    `category` is the one it was trained on. A value that is none says why. `fingerprint` is what
    it rests on (`iadbe.cells.fingerprint.transfer_fingerprint`); null where the transfer failed.
    """

    tested_on: Series[str] = pa.Field(str_matches=_NAME)
    metric: Series[str] = pa.Field(str_matches=_NAME)
    value: Series[float] = pa.Field(nullable=True)
    n: Series[int] = pa.Field(ge=0)
    ci_low: Series[float] = pa.Field(nullable=True)
    ci_high: Series[float] = pa.Field(nullable=True)
    reason: Series[str] = pa.Field(nullable=True)
    fingerprint: Series[str] = pa.Field(nullable=True)


class RunsSchema(_CellTable):
    """One row a cell of the matrix, whether it ran or not.

    `params`, `environment` and `record` are JSON; `record` says where a result comes from: command,
    git commit, data, weights.
    """

    cell: Series[str] = pa.Field(unique=True)
    status: Series[str] = pa.Field(isin=STATUSES)
    cause: Series[str] = pa.Field(nullable=True)
    traceback_file: Series[str] = pa.Field(nullable=True)
    supervision: Series[str] = pa.Field(nullable=True)
    plugin: Series[str]
    plugin_version: Series[str] = pa.Field(nullable=True)
    params: Series[str]
    device: Series[str] = pa.Field(nullable=True)
    fingerprint: Series[str] = pa.Field(nullable=True)
    started_at: Series[str] = pa.Field(nullable=True)
    finished_at: Series[str] = pa.Field(nullable=True)
    seconds: Series[float] = pa.Field(nullable=True)
    environment: Series[str] = pa.Field(nullable=True)
    record: Series[str] = pa.Field(nullable=True)


class LeaderboardSchema(pa.DataFrameModel):
    """One row a model of a dataset; further columns are `<metric>` means and `<metric>.<category>`.

    `rank` is null for a model whose cells are not all done: its mean is over fewer categories.
    `<metric>_categories` says over how many of the `categories` a mean is. `image_auroc_spread` is
    the sample standard deviation over `seeds` of the mean image AUROC; null for fewer than two.
    """

    rank: Series[pa.Int64] = pa.Field(nullable=True)
    dataset: Series[str]
    model: Series[str]
    supervision: Series[str] = pa.Field(nullable=True)
    status: Series[str] = pa.Field(isin=STATUSES)
    cells_done: Series[int]
    cells: Series[int]
    categories: Series[int]
    image_auroc_categories: Series[int]
    image_auroc_spread: Series[float] = pa.Field(nullable=True)
    seeds: Series[int]
    image_auroc: Series[float] = pa.Field(nullable=True)
    image_average_precision: Series[float] = pa.Field(nullable=True)
    pixel_auroc: Series[float] = pa.Field(nullable=True)
    aupro: Series[float] = pa.Field(nullable=True)
    fit_seconds: Series[float] = pa.Field(nullable=True)
    latency_p50_ms: Series[float] = pa.Field(nullable=True)
    cause: Series[str] = pa.Field(nullable=True)
    traceback_file: Series[str] = pa.Field(nullable=True)

    class Config:
        strict = False
        coerce = True


VERDICTS = ("reproduced", "near", "off", "above", "not run", "not comparable")
"""Of one of our results beside a published one: `iadbe.scorecard.verdict`."""


class ScorecardSchema(_Table):
    """One row a published number of a model and category of the matrix, with ours beside it.

    `category` is `average` for the mean over all categories of the dataset, `compared_with` the
    entry whose published results are meant, `differences` what differs in setting and `reason` why
    there is no comparison.
    """

    dataset: Series[str] = pa.Field(str_matches=_NAME)
    model: Series[str] = pa.Field(str_matches=_NAME)
    compared_with: Series[str] = pa.Field(str_matches=_NAME)
    category: Series[str] = pa.Field(str_matches=_NAME)
    metric: Series[str] = pa.Field(str_matches=_NAME)
    ours: Series[float] = pa.Field(nullable=True)
    published: Series[float] = pa.Field(ge=0, le=1)
    difference: Series[float] = pa.Field(nullable=True)
    tolerance: Series[float] = pa.Field(gt=0)
    verdict: Series[str] = pa.Field(isin=VERDICTS)
    seeds: Series[int] = pa.Field(ge=0)
    source: Series[str]
    reference: Series[str]
    differences: Series[str] = pa.Field(nullable=True)
    reason: Series[str] = pa.Field(nullable=True)
