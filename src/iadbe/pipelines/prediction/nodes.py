"""Score any images with a trained cell: a table of scores and decisions, and heat maps."""

from __future__ import annotations

import glob
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from PIL import Image

from iadbe.benchmark.cell import Cell
from iadbe.datasets.model import FittedModel
from iadbe.errors import ConfigError, DataError
from iadbe.images.inspect import inspect_file
from iadbe.images.overlay import overlay
from iadbe.images.read import read_image
from iadbe.models.checked import checked_predictions
from iadbe.models.protocol import Prediction
from iadbe.samples import Samples

SUFFIXES = {".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp"}
LONGEST_SIDE = 1024
"""Pixels; larger photos get an overlay of this size."""


def list_images(images: Any) -> pd.DataFrame:
    """Find the images to score.

    Args:
        images: An image, a folder (searched in depth) or a glob, or a list of them.

    Returns:
        A frame with `sample_id` (unique) and `image_path`, sorted by path.

    Raises:
        ConfigError: If no images were named.
        DataError: If nothing was found, or a file cannot be read.
    """
    if not images:
        raise ConfigError(
            "Say which images to score: --params images=PATH (image, folder or glob)."
        )
    named = [images] if isinstance(images, str) else images
    paths = sorted({path for pattern in named for path in _expand(pattern)})
    broken = [f"{item.path}: {item.error}" for item in map(inspect_file, paths) if item.error]
    if broken:
        raise DataError(
            f"{len(broken)} of {len(paths)} images cannot be read. {'; '.join(broken[:5])}"
        )
    return pd.DataFrame({"sample_id": paths, "image_path": paths})


def _expand(pattern: str) -> list[str]:
    path = Path(pattern).expanduser()
    if path.is_dir():
        found = [str(file) for file in path.rglob("*") if file.suffix.lower() in SUFFIXES]
    elif path.is_file():
        found = [str(path)]
    else:
        found = [name for name in glob.glob(str(path), recursive=True) if Path(name).is_file()]  # noqa: PTH207
    if not found:
        raise DataError(f"{pattern}: no image there; give an image, a folder or a glob.")
    return [str(Path(name).resolve()) for name in found]


def score_images(
    model: FittedModel, images: pd.DataFrame, metrics: pd.DataFrame
) -> tuple[pd.DataFrame, dict[str, Image.Image]]:
    """Score images with a trained model.

    Args:
        model: A cell's fitted model.
        images: What to score, from `list_images`.
        metrics: The cell's metrics; give the threshold chosen on validation images. May be empty.

    Returns:
        The table (image_path, image_score, threshold, decision), the most anomalous first, and
        the overlays by file name. The decision is `anomalous`, `normal`, or null without threshold.

    Raises:
        ContractError: If the model breaks the contract.
    """
    cell = Cell.model_validate(model.record["cell"])
    predictions = list(checked_predictions(model.model, Samples(images, cell.image_size)))
    table = pd.DataFrame(
        {
            "image_path": [prediction.sample_id for prediction in predictions],
            "image_score": [float(prediction.image_score) for prediction in predictions],
        }
    )
    table["threshold"] = _threshold(metrics)
    table["decision"] = np.where(table["image_score"] > table["threshold"], "anomalous", "normal")
    table.loc[table["threshold"].isna(), "decision"] = None
    ordered = table.sort_values("image_score", ascending=False, ignore_index=True)
    return ordered, _overlays(predictions)


def _threshold(metrics: pd.DataFrame) -> float:
    chosen = metrics[(metrics["level"] == "image") & (metrics["metric"] == "threshold")]
    return float(chosen["value"].iloc[0]) if len(chosen) else float("nan")


def _overlays(predictions: list[Prediction]) -> dict[str, Image.Image]:
    """One picture an image with a map; a name taken twice gets a number."""
    maps = [item.anomaly_map for item in predictions if item.anomaly_map is not None]
    if not maps:
        return {}
    low, high = np.percentile(np.stack(maps)[:, ::4, ::4], [1, 99.5])
    pictures: dict[str, Image.Image] = {}
    for item in predictions:
        stem, number = Path(item.sample_id).stem, 1
        name = stem
        while name in pictures:
            number += 1
            name = f"{stem}_{number}"
        if item.anomaly_map is not None:
            pictures[name] = _picture(item.sample_id, item.anomaly_map, float(low), float(high))
    return pictures


def _picture(path: str, anomaly_map: np.ndarray, low: float, high: float) -> Image.Image:
    """The overlay in the proportions of the photo."""
    with Image.open(path) as photo:
        width, height = photo.size
    scale = min(1.0, LONGEST_SIDE / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    image = read_image(Path(path), max(size))
    return overlay(image, anomaly_map, low, high).resize(size, Image.Resampling.BILINEAR)
