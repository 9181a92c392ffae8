"""Folders at addresses of fsspec."""

import functools
import http.server
import threading
import zipfile
from pathlib import Path

import fsspec
import pytest

from iadbe.datasets.raw_images import RawImagesDataset
from iadbe.errors import ConfigError, DataError
from iadbe.remote.address import fetched, is_remote

FILES = {"good/1.png": b"one", "good/deep/2 ü.png": b"two", "bad/3.png": b"three"}


@pytest.fixture
def bucket():
    system = fsspec.filesystem("memory")
    for name, content in FILES.items():
        system.pipe_file(f"/bucket/{name}", content)
    yield system
    system.rm("/bucket", recursive=True)


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_bucket_is_copied_once(bucket, caches) -> None:
    folder = fetched("memory://bucket", {})
    assert folder.is_relative_to(caches)
    assert content(folder) == FILES
    bucket.pipe_file("/bucket/good/1.png", b"changed")
    assert fetched("memory://bucket", {}) == folder
    assert content(folder) == FILES


def test_a_copy_that_broke_off_is_no_copy_and_goes_on(bucket, caches, monkeypatch) -> None:
    kind = type(bucket)
    get, asked = kind.get_file, []

    def breaks(self, path, *args, **kwargs):
        asked.append(path)
        if len(asked) == 2:
            raise ConnectionResetError("the line went dead")
        return get(self, path, *args, **kwargs)

    monkeypatch.setattr(kind, "get_file", breaks)
    with pytest.raises(DataError, match=r"memory://bucket: cannot be fetched \(the line went dead"):
        fetched("memory://bucket", {})
    assert content(fetched("memory://bucket", {})) == FILES
    assert len(asked) == len(FILES) + 1


def test_an_archive(tmp_path) -> None:
    with zipfile.ZipFile(tmp_path / "raw.zip", "w") as archive:
        for name, data in FILES.items():
            archive.writestr(name, data)
    assert content(fetched(f"zip://::{tmp_path}/raw.zip", {})) == FILES


def test_an_archive_that_reaches_out_of_the_cache(tmp_path, caches) -> None:
    with zipfile.ZipFile(tmp_path / "raw.zip", "w") as archive:
        archive.writestr("../../escaped.png", b"out")
    with pytest.raises(DataError, match=r"would lie outside the cache"):
        fetched(f"zip://::{tmp_path}/raw.zip", {})
    assert not list(tmp_path.rglob("escaped.png"))


def test_a_web_server(tmp_path) -> None:
    pytest.importorskip("aiohttp")
    for name, data in {"a/1.png": b"one", "a/2.png": b"two"}.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_bytes(data)
    handler = functools.partial(Quiet, directory=str(tmp_path / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        folder = fetched(f"http://127.0.0.1:{server.server_port}/a/", {})
        with pytest.raises(DataError, match=r"b: cannot be fetched|b: nothing is there"):
            fetched(f"http://127.0.0.1:{server.server_port}/b", {})
        server.shutdown()
    assert content(folder) == {"1.png": b"one", "2.png": b"two"}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def test_nothing_there_and_no_such_scheme(bucket) -> None:
    with pytest.raises(DataError, match=r"memory://nowhere: (nothing is there|cannot be fetched)"):
        fetched("memory://nowhere", {})
    with pytest.raises(ConfigError, match=r"s4://bucket: .*s4.*Correct `filepath`"):
        fetched("s4://bucket", {})


@pytest.mark.parametrize("address", ["data/01_raw/x", "/abs/x", "file:///abs/x", "C:/x"])
def test_local_paths_are_left_as_they_are(address, caches) -> None:
    assert not is_remote(address)
    assert str(fetched(address, {})) == address.removeprefix("file://")
    assert not caches.exists()


def test_through_the_catalog(bucket) -> None:
    raw = RawImagesDataset(filepath="memory://bucket", layout="folder")
    assert raw.exists()
    assert content(raw.load().root) == FILES


def test_a_cache_that_cannot_be_made(bucket, caches) -> None:
    caches.write_text("a file")
    with pytest.raises(DataError, match=r"cannot be made .* Set IADBE_CACHE to another folder"):
        fetched("memory://bucket", {})
