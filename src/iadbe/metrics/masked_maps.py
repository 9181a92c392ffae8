"""Anomaly maps joined to masks by sample id, a few images at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.datasets.anomaly_maps import AnomalyMaps, Maps
from iadbe.errors import ContractError
from iadbe.metrics.ranking import Block
from iadbe.samples import Samples

_IMAGES = 8


def unmasked(test: pd.DataFrame, maps: AnomalyMaps | None) -> str | None:
    """Why there is nothing to compare at pixel level, or None if there is."""
    if not maps:
        return "the model gives no anomaly maps"
    if not len(test):
        return "no test sample"
    lacking = int((test["mask_path"].isna() & (test["label"] == 1)).sum())
    if lacking:
        anomalous = int((test["label"] == 1).sum())
        return f"no mask for {lacking} of {anomalous} anomalous test samples"
    return None


def masked_maps(
    cell: Cell, scored: pd.DataFrame, test: pd.DataFrame, maps: AnomalyMaps
) -> Iterator[Block]:
    """Maps and masks of all test samples, at the cell's image size.

    Args:
        cell: Whose maps these are.
        scored: Manifest rows that may have a map (val and test).
        test: Manifest rows that must have one; the anomalous ones with a mask.
        maps: The maps, in any order.

    Yields:
        Float32 maps and bool masks, shape (n, image_size, image_size) each.

    Raises:
        ContractError: If a test map is missing, misshapen or not finite, or a map is nobody's.
    """
    check_maps(cell, scored, test, maps)
    samples = Samples(test, cell.image_size, labelled=True)
    places = {sample_id: place for place, sample_id in enumerate(test["sample_id"])}
    for sample_ids, block in maps.chunks(_IMAGES):
        rows = [row for row, sample_id in enumerate(sample_ids) if sample_id in places]
        if rows:
            tested = [sample_ids[row] for row in rows]
            yield (
                _finite(cell, tested, block[rows]),
                np.stack([_mask(samples, places[sample_id]) for sample_id in tested]),
            )


def _mask(samples: Samples, place: int) -> npt.NDArray[np.bool_]:
    mask = samples[place].mask
    assert mask is not None, "`unmasked` lets no sample without a mask through"
    return mask


def check_maps(cell: Cell, scored: pd.DataFrame, test: pd.DataFrame, maps: AnomalyMaps) -> None:
    """Raise ContractError for missing, unknown or misshapen maps; arguments as `masked_maps`."""
    given = set(maps.sample_ids)
    for problem, ids in (
        ("lack", set(test["sample_id"]) - given),
        ("hold unknown", given - set(scored["sample_id"])),
    ):
        if ids:
            raise ContractError(
                f"{cell.id}: the anomaly maps {problem} {len(ids)} samples, e.g. '{min(ids)}'. "
                "A model that localizes must give a map for every sample it was asked for."
            )
    if maps.shape != (cell.image_size, cell.image_size):
        raise ContractError(
            f"{cell.id}: the anomaly maps have shape {maps.shape}, the samples "
            f"{(cell.image_size, cell.image_size)}. The model must resize its maps to the samples."
        )


def _finite(cell: Cell, sample_ids: list[str], maps: Maps) -> Maps:
    finite = np.isfinite(maps).all(axis=(1, 2))
    if not finite.all():
        raise ContractError(
            f"{cell.id}: the anomaly map of '{sample_ids[int(np.argmin(finite))]}' is not finite "
            "everywhere. Look for a division by zero or an overflow in the model."
        )
    return maps
