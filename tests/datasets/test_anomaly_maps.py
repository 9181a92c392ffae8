import pickle
import tempfile
from pathlib import Path

import numpy as np
import pytest
from kedro.io import DataCatalog
from kedro.io.core import DatasetError

from iadbe.datasets.anomaly_maps import AnomalyMaps, AnomalyMapsDataset
from iadbe.errors import ContractError


def make(n: int = 21, edge: int = 256, seed: int = 0) -> AnomalyMaps:
    maps = 1e6 * np.random.default_rng(seed).standard_cauchy((n, edge, edge))
    return AnomalyMaps([f"test/ünï {i}.png" for i in range(n)], maps.astype(np.float32))


def content(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "anomaly_maps.zarr"


def test_maps_are_addressed_by_sample() -> None:
    maps = make(5, 4)
    assert len(maps) == 5
    assert maps.shape == (4, 4)
    assert np.array_equal(maps["test/ünï 3.png"], maps.maps[3])
    with pytest.raises(KeyError):
        maps["3"]


def test_chunks_cover_all_maps_in_order() -> None:
    maps = make(7, 4)
    chunks = list(maps.chunks(3))
    assert [len(ids) for ids, _ in chunks] == [3, 3, 1]
    assert [sample_id for ids, _ in chunks for sample_id in ids] == maps.sample_ids
    assert np.array_equal(np.concatenate([block for _, block in chunks]), maps.maps)


@pytest.mark.parametrize("ids", [["a"], ["a", "a"]])
def test_ids_and_maps_must_match(ids: list[str]) -> None:
    with pytest.raises(ContractError, match="unique ids"):
        AnomalyMaps(ids, np.zeros((2, 3, 3), np.float32))


def test_an_iterator_is_spooled_to_a_file_that_vanishes(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    source = make(5, 8)
    maps = AnomalyMaps.from_iterator(
        (sample_id, source[sample_id].astype(np.float64)) for sample_id in source.sample_ids
    )
    assert isinstance(maps.maps, np.memmap)
    assert np.array_equal(maps.maps, source.maps)
    assert maps.sample_ids == source.sample_ids
    assert not list(tmp_path.iterdir())


def test_maps_of_different_shapes_are_refused() -> None:
    with pytest.raises(ContractError, match=r"'b' has shape \(3, 2\), the first one \(2, 2\)"):
        AnomalyMaps.from_iterator([("a", np.zeros((2, 2))), ("b", np.zeros((3, 2)))])
    with pytest.raises(ContractError, match="'a'"):
        AnomalyMaps.from_iterator([("a", np.zeros((1, 2, 2)))])
    with pytest.raises(ContractError, match="unique"):
        AnomalyMaps.from_iterator([("a", np.zeros((2, 2))), ("a", np.zeros((2, 2)))])


def test_a_round_trip_is_exact_and_chunked_by_images(store: Path) -> None:
    maps, dataset = make(), AnomalyMapsDataset(filepath=str(store))
    assert not dataset.exists()
    dataset.save(maps)
    loaded = dataset.load()
    assert dataset.exists()
    assert loaded.sample_ids == maps.sample_ids
    assert loaded.maps.dtype == np.float32
    assert loaded.maps.chunks == (8, 256, 256)
    assert np.array_equal(np.asarray(loaded.maps[:]), maps.maps)
    assert np.array_equal(loaded[maps.sample_ids[20]], maps.maps[20])


def test_loading_reads_no_pixel_and_a_map_reads_its_chunk_only(store: Path) -> None:
    dataset = AnomalyMapsDataset(filepath=str(store))
    dataset.save(make())
    chunks = sorted(store.glob("c/*/0/0"))
    assert len(chunks) == 3
    for chunk in chunks[:2]:
        chunk.write_bytes(b"not a chunk")
    loaded = dataset.load()
    assert np.array_equal(loaded[loaded.sample_ids[18]], make().maps[18])
    with pytest.raises(Exception, match=r"."):
        loaded[loaded.sample_ids[0]]


def test_the_same_maps_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        AnomalyMapsDataset(filepath=str(tmp_path / name)).save(make())
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_a_save_replaces_the_former_maps_and_leaves_nothing_beside(store: Path) -> None:
    dataset = AnomalyMapsDataset(filepath=str(store))
    dataset.save(make(30))
    dataset.save(make(3, 16, seed=1))
    assert np.array_equal(np.asarray(dataset.load().maps[:]), make(3, 16, seed=1).maps)
    assert [path.name for path in store.parent.iterdir()] == [store.name]


def test_loaded_maps_can_be_saved_over_themselves(store: Path) -> None:
    dataset = AnomalyMapsDataset(filepath=str(store))
    dataset.save(make(9, 16))
    dataset.save(dataset.load())
    assert np.array_equal(np.asarray(dataset.load().maps[:]), make(9, 16).maps)


class _Interrupted(AnomalyMaps):
    def chunks(self, n: int):
        yield next(super().chunks(n))
        raise KeyboardInterrupt


def test_an_interrupted_save_leaves_the_former_maps(store: Path) -> None:
    dataset = AnomalyMapsDataset(filepath=str(store))
    dataset.save(make(4, 16))
    before = content(store)
    new = make(20)
    with pytest.raises(KeyboardInterrupt):
        dataset.save(_Interrupted(new.sample_ids, new.maps))
    assert content(store) == before
    dataset.save(new)
    assert len(dataset.load()) == 20
    assert [path.name for path in store.parent.iterdir()] == [store.name]


def test_an_interrupted_first_save_leaves_nothing_to_load(store: Path) -> None:
    dataset = AnomalyMapsDataset(filepath=str(store))
    with pytest.raises(KeyboardInterrupt):
        dataset.save(_Interrupted(make().sample_ids, make().maps))
    assert not dataset.exists()
    with pytest.raises(DatasetError):
        dataset.load()


@pytest.mark.parametrize("nothing", [None, AnomalyMaps.from_iterator([])])
def test_no_maps_are_recorded_as_such(store: Path, nothing: AnomalyMaps | None) -> None:
    catalog = DataCatalog({"maps": AnomalyMapsDataset(filepath=str(store))})
    catalog.save("maps", nothing)
    assert catalog.exists("maps")
    assert catalog.load("maps") is None


def test_dataset_and_loaded_maps_travel_to_other_processes(store: Path) -> None:
    dataset = pickle.loads(pickle.dumps(AnomalyMapsDataset(filepath=str(store))))
    dataset.save(make(3, 8))
    loaded = pickle.loads(pickle.dumps(dataset.load()))
    assert np.array_equal(loaded["test/ünï 2.png"], make(3, 8).maps[2])
