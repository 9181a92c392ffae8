"""Anomaly maps of a cell: more than fits in memory, so they stream in, lie chunked, load lazily."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt
from kedro.io import AbstractDataset

from iadbe.errors import ContractError

if TYPE_CHECKING:
    import zarr

Maps = npt.NDArray[np.float32]
Block = tuple[list[str], Maps]
_CHUNK_BYTES = 2 * 2**20


class AnomalyMaps:
    """Raw anomaly maps, addressed by sample; pixels are read when they are asked for.

    Args:
        sample_ids: One id a map, unique, in the order of `maps`.
        maps: Float32, shape (N, H, W); anything that slices like a NumPy array.

    Raises:
        ContractError: If the ids repeat or are not as many as the maps.
    """

    def __init__(self, sample_ids: Sequence[str], maps: Maps | zarr.Array[Any]) -> None:
        self.sample_ids = list(sample_ids)
        self.maps = maps
        self._places = {sample_id: place for place, sample_id in enumerate(self.sample_ids)}
        if len(self.maps.shape) != 3 or not (
            len(self._places) == len(self.sample_ids) == self.maps.shape[0]
        ):
            raise ContractError(
                f"Anomaly maps of shape {tuple(self.maps.shape)} do not go with "
                f"{len(self.sample_ids)} sample ids, {len(self._places)} of them different. "
                "Give (N, H, W) maps and N unique ids."
            )

    @classmethod
    def from_iterator(cls, items: Iterable[tuple[str, npt.ArrayLike]]) -> Self:
        """Collect maps as they come, in an anonymous temporary file rather than in memory.

        Args:
            items: Pairs of sample id and map, shape (H, W), all of one shape. The file lies in
                `tempfile.gettempdir()` and vanishes with the last reference to the maps.

        Returns:
            The maps; none at all for an empty iterator.

        Raises:
            ContractError: If a map is not of the shape of the first one, or an id repeats.
        """
        sample_ids: list[str] = []
        shape: tuple[int, ...] = (0, 0)
        with tempfile.TemporaryFile() as spool:
            for sample_id, raw in items:
                map_ = np.ascontiguousarray(raw, dtype=np.float32)
                shape = shape if sample_ids else map_.shape
                _check_shape(sample_id, map_, shape)
                spool.write(map_.data)
                sample_ids.append(sample_id)
            if not sample_ids:
                return cls([], np.empty((0, 0, 0), dtype=np.float32))
            spool.flush()
            maps = np.memmap(spool, dtype=np.float32, mode="r", shape=(len(sample_ids), *shape))
        return cls(sample_ids, maps)

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width of every map in pixels."""
        return int(self.maps.shape[1]), int(self.maps.shape[2])

    def chunks(self, n: int, wanted: Container[str] | None = None) -> Iterator[Block]:
        """Maps in order, at most `n` at a time: ids and float32 of shape (<= n, H, W).

        Args:
            n: How many are read at once.
            wanted: The ids to give; None gives all.
        """
        for start in range(0, len(self), n):
            sample_ids = self.sample_ids[start : start + n]
            rows = [i for i, name in enumerate(sample_ids) if wanted is None or name in wanted]
            if rows:
                block = np.asarray(self.maps[start : start + n])
                whole = len(rows) == len(block)
                yield [sample_ids[i] for i in rows], block if whole else block[rows]

    def __getitem__(self, sample_id: str) -> Maps:
        """The map of one sample, float32 of shape (H, W); KeyError if it has none."""
        return np.asarray(self.maps[self._places[sample_id]])

    def __len__(self) -> int:
        return len(self.sample_ids)


class AnomalyMapsDataset(AbstractDataset[AnomalyMaps | None, AnomalyMaps | None]):
    """Anomaly maps in a zarr v3 array: float32, zstd, about 2 MB of whole images a chunk.

    Float32 because raw scores may exceed what float16 holds (65504). The same maps give the same
    bytes. A save writes a sibling folder and swaps it in when it is complete, so an interrupted
    save leaves the former maps. Saving None, or no maps, records "no maps", and loads as None.

    Args:
        filepath: Folder of the store.
        metadata: Ignored by Kedro; for users' plugins.
    """

    def __init__(self, filepath: str, metadata: dict[str, Any] | None = None) -> None:
        self._filepath = Path(filepath)
        self.metadata = metadata

    @classmethod
    def _save_wrapper(cls, save_func: Callable[..., None]) -> Callable[..., None]:
        """Let None through Kedro's guard: here it means "this model gives no maps"."""
        guarded = super()._save_wrapper(save_func)

        @wraps(guarded)
        def save(self: Self, data: AnomalyMaps | None) -> None:
            guarded(self, AnomalyMaps.from_iterator([]) if data is None else data)

        return save

    def load(self) -> AnomalyMaps | None:
        """Open the store; no pixel is read yet."""
        import zarr

        array = zarr.open_array(self._filepath, mode="r")
        sample_ids = [str(sample_id) for sample_id in array.attrs["sample_ids"]]  # type: ignore[union-attr]
        return AnomalyMaps(sample_ids, array) if sample_ids else None

    def save(self, data: AnomalyMaps | None) -> None:
        """Write all maps, chunk by chunk, then put the store in its place."""
        new, old = (self._filepath.with_name(f".{self._filepath.name}.{x}") for x in ("new", "old"))
        self._filepath.parent.mkdir(parents=True, exist_ok=True)
        for leftover in (new, old):
            shutil.rmtree(leftover, ignore_errors=True)
        _write(data or AnomalyMaps.from_iterator([]), new)
        if self._filepath.exists():
            self._filepath.rename(old)
        new.rename(self._filepath)
        shutil.rmtree(old, ignore_errors=True)

    def _exists(self) -> bool:
        return (self._filepath / "zarr.json").is_file()

    def _describe(self) -> dict[str, Any]:
        return {"filepath": str(self._filepath)}


def _check_shape(sample_id: str, map_: Maps, shape: tuple[int, ...]) -> None:
    if map_.ndim != 2 or map_.shape != shape:
        raise ContractError(
            f"The anomaly map of '{sample_id}' has shape {map_.shape}, the first one {shape}. "
            "A model must give maps of one shape (H, W), the size of the samples it was asked for."
        )


def _write(data: AnomalyMaps, folder: Path) -> None:
    import zarr
    from zarr.codecs import BloscCodec

    height, width = data.shape
    images = max(1, _CHUNK_BYTES // max(1, 4 * height * width))
    array = zarr.create_array(
        folder,
        shape=(len(data), height, width),
        chunks=(images, max(1, height), max(1, width)),
        dtype="float32",
        compressors=BloscCodec(cname="zstd", clevel=5, shuffle="bitshuffle"),
        attributes={"sample_ids": data.sample_ids},
    )
    for start, (_, maps) in zip(range(0, len(data), images), data.chunks(images), strict=True):
        array[start : start + len(maps)] = maps
