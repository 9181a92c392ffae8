"""Score any images with a trained cell: a table of scores and decisions, and heat maps."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from PIL import Image

from iadbe.benchmark.cell import Cell
from iadbe.datasets.anomaly_maps import AnomalyMaps
from iadbe.datasets.model import FittedModel
from iadbe.images.inspect import inspect_file, refuse_unreadable
from iadbe.metrics.overall import overall
from iadbe.models.checked import checked_predictions
from iadbe.models.protocol import Prediction
from iadbe.pipelines.prediction.find import find_images
from iadbe.pipelines.prediction.overlays import draw_overlays, overlay_stems
from iadbe.samples import Samples

LOG = logging.getLogger(__name__)


def list_images(images: Any) -> pd.DataFrame:
    """Find the images to score, and look into each.

    Args:
        images: An image, a folder (searched in depth) or a glob, or a list of them.

    Returns:
        A frame with `sample_id` (unique), `image_path`, `height` and `width`, sorted by path.

    Raises:
        ConfigError: If no images were named.
        DataError: If nothing was found, or a file cannot be read.
    """
    found = [inspect_file(path) for path in find_images(images)]
    refuse_unreadable(found)
    return pd.DataFrame(
        {
            "sample_id": [item.path for item in found],
            "image_path": [item.path for item in found],
            "height": [item.height for item in found],
            "width": [item.width for item in found],
        }
    )


def score_images(
    model: FittedModel, images: pd.DataFrame, metrics: pd.DataFrame
) -> tuple[pd.DataFrame, dict[str, Callable[[], Image.Image]]]:
    """Score images with a trained model.

    Args:
        model: A cell's fitted model.
        images: What to score, from `list_images`.
        metrics: The cell's metrics; give the threshold chosen on validation images. May be empty.

    Returns:
        The table (image_path, image_score, threshold, decision, overlay), the most anomalous
        first, and the overlays by stem. The decision is `anomalous`, `normal`, or null without a
        threshold; overlay is the file name of the picture, null without an anomaly map.

    Raises:
        ContractError: If the model breaks the contract.
    """
    cell = Cell.model_validate(model.record["cell"])
    scores: list[float] = []
    predictions = checked_predictions(model.model, Samples(images, cell.image_size))
    maps = AnomalyMaps.from_iterator(_keep_scores(predictions, scores))
    table = images.assign(image_score=scores, threshold=_threshold(cell, metrics, model.record))
    alarmed = table["image_score"] > table["threshold"]
    decision = pd.Series(np.where(alarmed, "anomalous", "normal"), dtype=object)
    table["decision"] = decision.where(table["threshold"].notna(), None)
    stems = overlay_stems(table["image_path"])
    table["overlay"] = [f"{stem}.png" for stem in stems] if len(maps) else None
    overlays = draw_overlays(images, stems, maps) if len(maps) else {}
    columns = ["image_path", "image_score", "threshold", "decision", "overlay"]
    return table[columns].sort_values("image_score", ascending=False, ignore_index=True), overlays


def _keep_scores(
    predictions: Iterator[Prediction], scores: list[float]
) -> Iterator[tuple[str, Any]]:
    """Pass the maps on as they come; keep the scores."""
    for prediction in predictions:
        scores.append(float(prediction.image_score))
        if prediction.anomaly_map is not None:
            yield prediction.sample_id, prediction.anomaly_map


def _threshold(cell: Cell, metrics: pd.DataFrame, record: dict[str, Any]) -> float:
    """The threshold that was chosen for this very model; NaN, with a warning, if there is none."""
    values = overall(metrics).set_index(["level", "metric"])
    if ("image", "threshold") not in values.index:
        reason = f"{cell.id} is not evaluated; run `kedro run --pipelines evaluation`"
    # No two trainings take the same time to the last digit: it tells them apart.
    elif values["value"]["system", "fit_seconds"] != record["fit_seconds"]:
        reason = f"{cell.id} was trained again since; run `kedro run --pipelines evaluation`"
    elif pd.notna(threshold := values["value"]["image", "threshold"]):
        return float(threshold)
    else:
        reason = str(values["reason"]["image", "threshold"])
    LOG.warning("No decisions, scores only: %s.", reason)
    return float("nan")
