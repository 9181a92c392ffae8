"""Anomaly maps joined to masks by sample id, a few images at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from iadbe.benchmark.cell import Cell
from iadbe.datasets.anomaly_maps import AnomalyMaps, Block, Maps
from iadbe.errors import ContractError
from iadbe.samples import Samples

_IMAGES = 8


class MaskedMap(NamedTuple):
    """The raw map of an anomalous sample and its mask, shape (H, W) each."""

    sample_id: str
    map: npt.NDArray[np.float32]
    mask: npt.NDArray[np.bool_]
    defect_type: str


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


def normal_maps(cell: Cell, test: pd.DataFrame, maps: AnomalyMaps) -> Iterator[Block]:
    """Ids and maps of the normal test samples, shape (n, H, W), a few at a time.

    Raises:
        ContractError: If a map is not finite.
    """
    for sample_ids, block in maps.chunks(_IMAGES, set(test.loc[test["label"] == 0, "sample_id"])):
        yield sample_ids, _finite(cell, sample_ids, block)


def defect_maps(cell: Cell, test: pd.DataFrame, maps: AnomalyMaps) -> Iterator[MaskedMap]:
    """Maps and masks of the anomalous test samples, all of which have a mask.

    Raises:
        ContractError: If a map is not finite.
    """
    anomalous = test[test["label"] == 1]
    samples = Samples(anomalous, cell.image_size, labelled=True)
    places = {sample_id: place for place, sample_id in enumerate(anomalous["sample_id"])}
    for sample_ids, block in maps.chunks(_IMAGES, places):
        for sample_id, map_ in zip(sample_ids, _finite(cell, sample_ids, block), strict=True):
            sample = samples[places[sample_id]]
            assert sample.mask is not None, "`unmasked` lets no sample without a mask through"
            yield MaskedMap(sample_id, map_, sample.mask, str(sample.defect_type))


def check_maps(cell: Cell, scored: pd.DataFrame, test: pd.DataFrame, maps: AnomalyMaps) -> None:
    """Check that there is a map for each test sample and for nobody else.

    Args:
        cell: Whose maps these are.
        scored: Manifest rows that may have a map (val and test).
        test: Manifest rows that must have one.
        maps: The maps, in any order.

    Raises:
        ContractError: If maps are missing, unknown or misshapen.
    """
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
