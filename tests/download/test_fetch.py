"""From the address to the counted dataset."""

from __future__ import annotations

import logging
import threading

import pytest

from download.archives import OFFICIAL, sha256, tar_of, toothbrush
from iadbe.download import Source, downloads, ensure, fetch, find
from iadbe.download.progress import Silent
from iadbe.errors import ConfigError, DownloadError

ARCHIVE = tar_of(toothbrush())
PATH = "/mvtec.tar.xz"


@pytest.fixture
def get(tmp_path):
    """get(address, content whose sum is expected, …) → what was fetched."""

    def run(address, content=ARCHIVE, *, name="mvtec_ad", to=tmp_path / "new/MVTecAD", **options):
        options = {"categories": ["toothbrush"]} | options
        return fetch(name, to, source=Source(address, sha256(content)), **options)

    return run


def test_a_dataset_is_downloaded_unpacked_and_counted(server, get, tmp_path):
    fetched = get(server.put(PATH, ARCHIVE))
    assert fetched.findings == ()
    assert fetched.folder == tmp_path / "new/MVTecAD"
    files = [path for path in (fetched.folder / "toothbrush").rglob("*") if path.is_file()]
    assert len(files) == len(OFFICIAL)
    left = {path.name for path in fetched.folder.parent.iterdir()}
    assert left - {".MVTecAD.lock"} == {"MVTecAD"}


def test_images_that_are_not_there_are_told(server, get):
    archive = tar_of(toothbrush(leave_out=5))
    findings = get(server.put(PATH, archive), archive).findings
    assert len(findings) == 1
    assert "60 normal training images officially, 55 here" in findings[0]


def test_a_category_that_its_layout_refuses_is_told(server, get):
    archive = tar_of(dict(list(toothbrush().items())[:-1]))
    findings = get(server.put(PATH, archive), archive).findings
    assert any("029" in finding for finding in findings)


def test_what_is_there_is_not_asked_for(server, get, monkeypatch):
    get(server.put(PATH, ARCHIVE))
    server.asked.clear()
    monkeypatch.setenv("IADBE_OFFLINE", "1")
    assert get(server.put(PATH, ARCHIVE)).findings == ()
    assert server.asked == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "mvtec_da"}, "no dataset 'mvtec_da' to download; did you mean 'mvtec_ad'"),
        ({"categories": ["tothbrush"]}, "category 'tothbrush'; did you mean 'toothbrush'"),
    ],
)
def test_a_mistyped_name_downloads_nothing(server, get, tmp_path, typed, words):
    with pytest.raises(ConfigError, match=words):
        get(server.put(PATH, ARCHIVE), **typed)
    assert server.asked == []
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("digits", ["123", "x" * 64])
def test_a_mistyped_sum_downloads_nothing(server, tmp_path, digits):
    with pytest.raises(ConfigError, match="64 digits 0-9a-f"):
        fetch("mpdd", tmp_path / "MPDD", source=Source(server.put(PATH, ARCHIVE), digits))
    assert server.asked == []


def test_a_wrong_sum_leaves_no_folder(server, get, tmp_path):
    with pytest.raises(DownloadError, match="a file with sha256"):
        get(server.put(PATH, tar_of(toothbrush(leave_out=1))))
    assert [path.name for path in (tmp_path / "new").iterdir()] == [".MVTecAD.lock"]


def test_the_official_sum_holds_for_a_mirror_too(server, tmp_path):
    mirror = Source(server.put(PATH, ARCHIVE))
    with pytest.raises(DownloadError, match=find("mvtec_ad").offer.sha256):
        fetch("mvtec_ad", tmp_path / "data", source=mirror)


def test_the_md5_of_mvtec_3d_is_called_one(server, tmp_path):
    with pytest.raises(DownloadError, match=r"md5 .* expected d8bb2800fbf3ac88e798da6ae10dc819"):
        fetch("mvtec_3d", tmp_path / "data", source=Source(server.put(PATH, ARCHIVE)))


def test_a_malicious_archive_is_kept_and_named_but_no_folder_made(server, get, tmp_path):
    evil = tar_of(toothbrush() | {"../../evil": b""})
    with pytest.raises(DownloadError, match=r"mvtec_anomaly_detection.tar.xz: not unpacked: "):
        get(server.put(PATH, evil), evil)
    assert not (tmp_path / "new/MVTecAD").exists()
    assert not (tmp_path / "evil").exists()


def test_an_archive_that_was_put_there_is_used_if_it_is_the_right_one(server, get, tmp_path):
    file = tmp_path / "new/mvtec_anomaly_detection.tar.xz"
    file.parent.mkdir()
    file.write_bytes(ARCHIVE[:-1])
    with pytest.raises(DownloadError, match=r"damaged or another file\. Remove it"):
        get("http://127.0.0.1:1/")
    file.write_bytes(ARCHIVE)
    assert get("http://127.0.0.1:1/").findings == ()


def test_an_archive_elsewhere_is_unpacked_and_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("IADBE_OFFLINE", "1")
    file = tmp_path / "from a colleague.bin"
    file.write_bytes(ARCHIVE)
    source = Source(sha256=sha256(ARCHIVE).upper(), archive=file)
    fetched = fetch("mvtec_ad", tmp_path / "data", categories=["toothbrush"], source=source)
    assert fetched.findings == ()
    assert file.read_bytes() == ARCHIVE


def test_an_archive_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DownloadError, match=r"gone.zip: no such file; .* --archive"):
        fetch("mpdd", tmp_path / "data", source=Source(archive=tmp_path / "gone.zip"))


@pytest.mark.parametrize(("name", "words"), [("mpdd", "OneDrive"), ("real_iad", "on request")])
def test_what_no_program_can_get_is_explained(tmp_path, name, words):
    with pytest.raises(DownloadError, match=words):
        fetch(name, tmp_path / "data")


def test_two_at_once_download_once(server, get):
    waiting = threading.Event()

    class Waits(Silent):
        def say(self, line):
            waiting.set()

    address = server.put(PATH, ARCHIVE, breaks=[1000], hold=waiting)
    options = {"args": (address,), "kwargs": {"progress": Waits()}}
    threads = [threading.Thread(target=get, **options) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [path for path, _ in server.asked] == [PATH, PATH]
    assert sorted(asked or "" for _, asked in server.asked) == ["", "bytes=1000-"]


def test_ensure_does_nothing_where_something_is(tmp_path):
    (tmp_path / "mine").mkdir()
    ensure(tmp_path, "no such dataset")


@pytest.mark.parametrize("made", [True, False])
def test_ensure_downloads_where_nothing_is_and_says_the_licence(
    server, tmp_path, monkeypatch, caplog, made
):
    archive = tar_of(toothbrush(leave_out=5))
    offer = find("mvtec_ad").offer.model_copy(
        update={"address": server.put(PATH, archive), "sha256": sha256(archive)}
    )
    monkeypatch.setitem(
        downloads(), "mvtec_ad", find("mvtec_ad").model_copy(update={"offer": offer})
    )
    root = tmp_path / "data"
    if made:
        root.mkdir()
    with caplog.at_level(logging.INFO, "iadbe.download"):
        ensure(root, "mvtec_ad", ["toothbrush"])
    assert (root / "toothbrush").is_dir()
    assert "CC BY-NC-SA 4.0" in caplog.text
    assert "60 normal training images officially, 55 here" in caplog.text
