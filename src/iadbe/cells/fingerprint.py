"""What a cell's results depend on, hashed stage by stage.

A stage's fingerprint covers the cell (model, parameters, seed, image size, …), the data of its
category, the code that the stage runs and the fingerprints of the stages before it. Results are
fresh if, and only if, they were made under the fingerprint that holds now.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.models.registry import code_version, load_plugin, validate_params
from iadbe.models.weights.files import files_of

STAGE_CODE: dict[str, tuple[str, ...]] = {
    "fit": (
        "images",
        "samples.py",
        "seeding.py",
        "models/device.py",
        "models/weights/local_weights.py",
        "models/weights/packaged.py",
        "models/weights/timm_backbone.py",
        "models/weights/torchvision_networks.py",
        "pipelines/training",
    ),
    "predict": (
        "images",
        "samples.py",
        "seeding.py",
        "models/checked.py",
        "datasets/anomaly_maps.py",
        "datasets/model.py",
        "pipelines/evaluation",
    ),
    "measure_costs": ("costs", "images", "samples.py", "datasets/model.py"),
    "evaluate": ("metrics", "images"),
    "illustrate": ("metrics", "images"),
}
"""Stage (the name of a cell's node): the sources, below the package, that decide its result."""

STAGES_BEFORE = {
    "fit": (),
    "predict": ("fit",),
    "measure_costs": ("predict",),
    "evaluate": ("predict", "measure_costs"),
    "illustrate": ("predict",),
}
TRANSFER_CODE = (
    "images",
    "samples.py",
    "seeding.py",
    "models/checked.py",
    "datasets/model.py",
    "metrics/image.py",
    "metrics/intervals.py",
    "statistics/image_intervals.py",
    "pipelines/transfer",
)
"""The sources that decide how a fitted model does in other categories."""

_DATA_COLUMNS = ["sample_id", "split", "label", "defect_type", "boxes", "sha256", "mask_sha256"]


def cell_fingerprints(cell: Cell, data: str) -> dict[str, str]:
    """The fingerprint of every stage of a cell.

    Args:
        cell: The cell.
        data: The digest of its category, from `category_digests`.

    Raises:
        PluginError: If the model's plugin cannot be loaded.
        ConfigError: If the plugin refuses the parameters.
        WeightsError: If a file the model needs is missing.
    """
    plugin = load_plugin(cell.plugin)
    params = validate_params(plugin, cell.params, cell.model)
    files = files_of(plugin, params)
    spec = cell.model_dump(exclude={"device", "threshold_quantile"})
    given = [spec, data, code_version(plugin), [file_digest(str(file)) for file in files]]
    fingerprints: dict[str, str] = {}
    for stage, before in STAGES_BEFORE.items():
        own = [cell.threshold_quantile] if stage == "evaluate" else []
        parts = [stage, source_digest(stage), own, *(fingerprints[name] for name in before)]
        fingerprints[stage] = _digest([parts, given if stage == "fit" else None])
    return fingerprints


def transfer_fingerprint(fit: str, tested_on: Mapping[str, str]) -> str:
    """What a cell's transfer rests on; no stage of the cell depends on it.

    Args:
        fit: The fingerprint of the cell's stage `fit`.
        tested_on: The digest of every other category of its dataset, from `category_digests`.
    """
    return _digest([fit, dict(tested_on), _sources_digest(TRANSFER_CODE)])


def category_digests(samples: pd.DataFrame) -> dict[str, str]:
    """Digest of each category's rows: which images and masks, with which labels and splits."""
    ordered = samples.sort_values("sample_id")
    return {
        str(category): _digest(_texts(rows[_DATA_COLUMNS]))
        for category, rows in ordered.groupby("category")
    }


def _texts(rows: pd.DataFrame) -> list[list[str | None]]:
    """Missing is None: versions of pandas disagree on the text of it, and machines on versions."""
    texts = rows.astype(str).to_numpy(dtype=object)
    texts[rows.isna().to_numpy()] = None
    return cast("list[list[str | None]]", texts.tolist())


def source_digest(stage: str) -> str:
    """Digest of the IADBE sources that decide the result of a stage."""
    return _sources_digest(STAGE_CODE[stage])


@functools.cache
def _sources_digest(names: tuple[str, ...]) -> str:
    root = Path(__file__).parents[1]
    places = [root / name for name in names]
    files = [
        file for place in places for file in ([place], sorted(place.rglob("*.py")))[place.is_dir()]
    ]
    return _digest([(file.relative_to(root).as_posix(), file.read_text("utf-8")) for file in files])


@functools.cache
def file_digest(path: str) -> str:
    """SHA-256 of a file, read once a process."""
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]
