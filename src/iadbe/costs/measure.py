"""All costs of a fitted model, as rows of level `system`."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from iadbe.costs.batches import BATCH_ROWS, batch_measures
from iadbe.costs.single import SINGLE_ROWS, decode_measure, single_measures
from iadbe.costs.timing import Predictor
from iadbe.datasets.model import FittedModel
from iadbe.metrics.measure import Measure
from iadbe.models.protocol import AnomalyModel
from iadbe.samples import Samples

RECORDED = ("fit_seconds", "peak_memory_mb", "gpu_memory_mb", "model_size_mb")
"""Known from training and prediction."""
NO_GPU = "no GPU was used"
_LONGEST_REASON = 300


def measure_costs(fitted: FittedModel, samples: Samples, run: Mapping[str, Any]) -> list[Measure]:
    """What a model costs; one measure each, the same for every model.

    Args:
        fitted: The model.
        samples: Images that it may be asked about.
        run: The cell's run record.

    Returns:
        Rows of level `system`. A cost that the machine or the plugin does not tell is null with a
        reason; so are timings if the model fails, which takes nothing from what it predicted.
    """
    measures = [*_recorded(run), _parameters(fitted.model, run)]
    names = [*SINGLE_ROWS, *BATCH_ROWS, "decode_ms"]
    if not len(samples):
        return [*measures, *_undefined(names, "there is no image to predict")]
    predictor = Predictor(fitted.model, samples)
    device = str(run.get("device", "cpu"))
    return [
        *measures,
        *_attempt(SINGLE_ROWS, "one image", lambda: single_measures(predictor)),
        *_attempt(BATCH_ROWS, "a batch", lambda: batch_measures(predictor, device)),
        decode_measure(predictor),
    ]


def _recorded(run: Mapping[str, Any]) -> list[Measure]:
    return [_of_record(name, run.get(name), int(run.get("samples", 0))) for name in RECORDED]


def _of_record(metric: str, value: float | None, n: int) -> Measure:
    if value is not None and math.isfinite(value):
        return Measure("system", metric, float(value), n)
    reason = NO_GPU if metric == "gpu_memory_mb" else "not in the run record"
    return Measure("system", metric, None, n, reason)


def _parameters(model: AnomalyModel, run: Mapping[str, Any]) -> Measure:
    """As the plugin counts them (`iadbe.models.protocol.CountsParameters`)."""
    count = getattr(model, "parameter_count", None)
    if count is None:
        return _undefined(["parameters"], "the plugin does not say")[0]
    samples = int(run.get("samples", 0))
    return _attempt(
        ["parameters"],
        "its parameters",
        lambda: [Measure("system", "parameters", float(count()), samples)],
    )[0]


def _attempt(
    names: Sequence[str], what: str, attempt: Callable[[], list[Measure]]
) -> list[Measure]:
    """What was measured; null where a plugin, which may raise anything, does."""
    try:
        return attempt()
    except Exception as error:  # noqa: BLE001 - see above
        text = f"the model failed on {what}: {type(error).__name__}: {error}"
        return _undefined(names, textwrap.shorten(text, _LONGEST_REASON))


def _undefined(names: Sequence[str], reason: str) -> list[Measure]:
    return [Measure("system", name, None, 0, reason) for name in names]
