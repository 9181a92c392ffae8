"""Archives unpack whole; malicious and damaged ones write nothing outside and not too much."""

from __future__ import annotations

import io
import lzma
import os
import shutil
import tarfile
import zipfile
from types import SimpleNamespace

import pytest

from download.archives import tar_of, zip_of
from iadbe.download.progress import Silent
from iadbe.download.space import RESERVE
from iadbe.download.unpack import limits, unpack
from iadbe.errors import DownloadError

FILES = {"bottle/train/good/000.png": b"one", "bottle/licence.txt": b"", "readme": os.urandom(9999)}
PACKERS = {
    "zip": zip_of,
    "tar": lambda files: tar_of(files, "w"),
    "tar.gz": lambda files: tar_of(files, "w:gz"),
    "tar.xz": lambda files: tar_of(files, "w:xz"),
    "tar.bz2": lambda files: tar_of(files, "w:bz2"),
}
OUTSIDE = ["../evil", "bottle/../../evil", "/tmp/evil", "//host/evil", "C:/evil", "C:evil"]
WINDOWS = ["..\\evil", "\\evil", "C:\\evil", "bottle\\..\\..\\evil"]


@pytest.fixture
def open_archive(tmp_path):
    """open_archive(bytes) → the files that come out; nothing may appear elsewhere."""

    def run(content, wanted=lambda path: True):
        archive, folder = tmp_path / "archive", tmp_path / "inside"
        archive.write_bytes(content)
        folder.mkdir()
        try:
            unpack(archive, folder, wanted, Silent())
        finally:
            assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "inside"]
            assert not [path for path in folder.rglob("*") if path.is_symlink()]
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }

    return run


def tar_with(*members):
    """A tar of entries given as name and fields; a plain file `real` comes first."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, fields in [("real", {}), *members]:
            info = tarfile.TarInfo(name)
            content = fields.pop("content", b"content")
            info.size = len(content) if not fields else 0
            for field, value in fields.items():
                setattr(info, field, value)
            archive.addfile(info, io.BytesIO(content) if info.size else None)
    return packed.getvalue()


def zip_with(name, content=b"content", mode=0o100644):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("real", b"content")
        info = zipfile.ZipInfo("placeholder")
        info.filename = name
        info.external_attr = mode << 16
        archive.writestr(info, content)
    return packed.getvalue()


@pytest.mark.parametrize("packed", PACKERS)
def test_every_format_comes_out_as_it_went_in(open_archive, packed):
    assert open_archive(PACKERS[packed](FILES)) == FILES


@pytest.mark.parametrize("packed", PACKERS)
def test_only_what_is_wanted_comes_out(open_archive, packed):
    chosen = open_archive(PACKERS[packed](FILES), lambda path: path.parts[0] == "bottle")
    assert chosen == {name: FILES[name] for name in FILES if name.startswith("bottle/")}


def test_folders_of_a_zip_made_by_windows(open_archive):
    assert open_archive(zip_with("bottle\\000.png")).keys() == {"real", "bottle/000.png"}


def test_permissions_are_those_of_the_user_not_of_the_archive(open_archive, tmp_path):
    open_archive(tar_with(("tool", {"content": b"#!"}), ("locked", {"type": tarfile.DIRTYPE})))
    (tmp_path / "plain").touch()
    made = tmp_path / "inside"
    assert (made / "tool").stat().st_mode == (tmp_path / "plain").stat().st_mode
    (made / "locked" / "file").touch()


@pytest.mark.parametrize("name", [*OUTSIDE, *WINDOWS, "new\nline"])
def test_no_path_of_a_tar_leads_outside(open_archive, name):
    with pytest.raises(DownloadError, match="not unpacked: it holds"):
        open_archive(tar_with((name, {})))


@pytest.mark.parametrize("name", [*OUTSIDE, *WINDOWS, "new\nline"])
def test_no_path_of_a_zip_leads_outside(open_archive, name):
    with pytest.raises(DownloadError, match="not unpacked: it holds"):
        open_archive(zip_with(name))


@pytest.mark.parametrize("to", ["/etc/passwd", "../../archive", "../..", "..\\..\\evil"])
@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE], ids=["symbolic", "hard"])
def test_no_link_of_a_tar_leads_outside(open_archive, kind, to):
    with pytest.raises(DownloadError, match=r"the link 'sub/link' to .*, out of the folder"):
        open_archive(tar_with(("sub/link", {"type": kind, "linkname": to})))


@pytest.mark.parametrize("to", ["/etc/passwd", "../../archive"])
def test_no_link_of_a_zip_leads_outside(open_archive, to):
    with pytest.raises(DownloadError, match=r"the link 'sub/link' to .*, out of the folder"):
        open_archive(zip_with("sub/link", to.encode(), 0o120777))


def test_no_file_is_written_through_a_link(open_archive):
    link = ("door", {"type": tarfile.SYMTYPE, "linkname": "sub"})
    with pytest.raises(DownloadError, match="the link 'door' leads to no file"):
        open_archive(tar_with(("sub/file", {}), link, ("door/file", {})))


@pytest.mark.parametrize(
    ("kind", "to"), [(tarfile.SYMTYPE, "../real"), (tarfile.LNKTYPE, "real")], ids=["sym", "hard"]
)
def test_links_inside_become_copies(open_archive, tmp_path, kind, to):
    files = open_archive(tar_with(("sub/link", {"type": kind, "linkname": to})))
    assert files == {"real": b"content", "sub/link": b"content"}
    assert (tmp_path / "inside/real").stat().st_nlink == 1


def test_links_inside_a_zip_become_copies(open_archive):
    files = open_archive(zip_with("sub/link", b"../real", 0o120777))
    assert files == {"real": b"content", "sub/link": b"content"}


@pytest.mark.parametrize("kind", [tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_devices_and_pipes_are_refused(open_archive, kind):
    with pytest.raises(DownloadError, match="the device or pipe 'null'"):
        open_archive(tar_with(("null", {"type": kind, "devmajor": 1, "devminor": 3})))


def test_devices_in_a_zip_are_refused(open_archive):
    with pytest.raises(DownloadError, match="the device or pipe 'null'"):
        open_archive(zip_with("null", mode=0o020666))


@pytest.mark.parametrize("packed", ["zip", "tar.gz", "tar.xz", "tar.bz2"])
def test_a_bomb_is_stopped_early(open_archive, tmp_path, packed, monkeypatch):
    monkeypatch.setattr(limits, "ALWAYS", 1_000_000)
    bomb = PACKERS[packed]({"fine": b"fine", "zeros": bytes(30_000_000)})
    with pytest.raises(DownloadError, match=r"unpacks to more than .* over 100 times its size"):
        open_archive(bomb)
    written = sum(path.stat().st_size for path in (tmp_path / "inside").iterdir())
    assert written < max(1_000_000, 100 * len(bomb)) + 2_000_000


def test_many_copies_of_one_file_are_a_bomb(open_archive, monkeypatch):
    monkeypatch.setattr(limits, "ALWAYS", 1_000_000)
    links = [(f"{n}", {"type": tarfile.LNKTYPE, "linkname": "big"}) for n in range(150)]
    with pytest.raises(DownloadError, match="over 100 times its size: a bomb"):
        open_archive(tar_with(("big", {"content": bytes(500_000)}), *links))


def test_too_many_files_are_a_bomb(open_archive, monkeypatch):
    monkeypatch.setattr(limits, "MOST_MEMBERS", 20)
    with pytest.raises(DownloadError, match="over 20 files: a bomb"):
        open_archive(zip_of({f"{n}": b"" for n in range(21)}))


def test_a_header_does_not_fill_the_memory(open_archive):
    header = tarfile.TarInfo("header")
    header.type, header.size = tarfile.XHDTYPE, 2**33
    with pytest.raises(DownloadError, match="a header of 8589934592 bytes"):
        open_archive(tar_with()[:1024] + header.tobuf(tarfile.GNU_FORMAT) + bytes(10_000))


def test_an_archive_of_plain_pictures_is_no_bomb(open_archive):
    files = {f"{n}": bytes(1_000_000) for n in range(20)}
    assert len(tar_of(files)) * 1000 < 20_000_000
    assert open_archive(tar_of(files)) == files


def test_a_full_disk_is_named(open_archive, monkeypatch):
    usage = SimpleNamespace(free=5000 + RESERVE)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(DownloadError, match=r"more than 5 kB, and there is room for 5 kB only"):
        open_archive(tar_of(FILES))


@pytest.mark.parametrize("packed", PACKERS)
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_broken_off_archive_is_refused(open_archive, packed, share):
    content = PACKERS[packed]({"one": os.urandom(50_000), "two": os.urandom(50_000)})
    with pytest.raises(DownloadError, match="damaged"):
        open_archive(content[: int(share * len(content))])


def test_a_tar_that_ends_between_two_files_is_refused(open_archive):
    with pytest.raises(DownloadError, match="damaged: it ends without a mark"):
        open_archive(PACKERS["tar"]({"one": bytes(512), "two": bytes(512)})[:1024])


def test_endless_padding_is_refused(open_archive):
    with pytest.raises(DownloadError, match="bytes behind its last file"):
        open_archive(lzma.compress(PACKERS["tar"](FILES) + bytes(20_000_000)))


@pytest.mark.parametrize("packed", ["zip", "tar.gz", "tar.xz", "tar.bz2"])
def test_flipped_bits_are_noticed(open_archive, packed):
    content = bytearray(PACKERS[packed]({"one": os.urandom(50_000)}))
    for place in range(20_000, 20_016):
        content[place] ^= 0xFF
    with pytest.raises(DownloadError, match="damaged"):
        open_archive(bytes(content))


def test_an_encrypted_zip_is_refused(open_archive):
    content = bytearray(zip_of({"secret": b"content"}))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.index(mark) + offset] |= 1
    with pytest.raises(DownloadError, match="'secret' is encrypted"):
        open_archive(bytes(content))


@pytest.mark.parametrize("fields", [{}, {"type": tarfile.LNKTYPE, "linkname": "real"}])
def test_a_name_that_comes_twice_is_refused(open_archive, tmp_path, fields):
    with pytest.raises(DownloadError, match="it holds 'one' twice"):
        open_archive(tar_with(("one", {"content": b"first"}), ("one", fields)))
    assert (tmp_path / "inside/one").read_bytes() == b"first"


@pytest.mark.parametrize("names", [("one", "one/two"), ("one/two", "one")])
def test_a_file_is_no_folder(open_archive, names):
    with pytest.raises(DownloadError, match=r"it holds 'one' twice|one: (File exists|Not a dir)"):
        open_archive(tar_with(*((name, {}) for name in names)))


def test_another_file_is_no_archive(open_archive):
    with pytest.raises(DownloadError, match="gives no zip or tar archive"):
        open_archive(b"\x89PNG\r\n\x1a\n" + bytes(600))
