import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from iadbe.errors import WeightsError
from iadbe.models.anomalib.archives import file_in, unpacked


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def _zip(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return path


def _tar(path: Path, name: str, content: bytes = b"x") -> Path:
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return path


def test_unpacks_zip_and_tar(tmp_path: Path) -> None:
    folder = unpacked(_zip(tmp_path / "a.zip", inner__teacher=b"weights"))
    assert (folder / "inner" / "teacher").read_bytes() == b"weights"
    assert (unpacked(_tar(tmp_path / "b.tgz", "c/d")) / "c" / "d").read_bytes() == b"x"


def test_unpacks_once(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "a.zip", teacher=b"weights")
    (unpacked(archive) / "mark").touch()
    assert (unpacked(archive) / "mark").exists()


def test_a_changed_archive_is_unpacked_anew(tmp_path: Path) -> None:
    first = unpacked(_zip(tmp_path / "a.zip", teacher=b"weights"))
    second = unpacked(_zip(tmp_path / "a.zip", teacher=b"other weights"))
    assert first != second
    assert (second / "teacher").read_bytes() == b"other weights"


def test_a_member_that_leads_outside_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"a\.tgz cannot be unpacked"):
        unpacked(_tar(tmp_path / "a.tgz", "../outside"))
    assert list(tmp_path.rglob("outside")) == []


def test_absolute_members_lose_their_root(tmp_path: Path) -> None:
    folder = unpacked(_tar(tmp_path / "a.tgz", "/outside"))
    assert (folder / "outside").is_file()
    assert not Path("/outside").exists()


def test_a_zip_stays_inside(tmp_path: Path) -> None:
    folder = unpacked(_zip(tmp_path / "a.zip", **{"../outside": b"x"}))
    assert [path.parent for path in tmp_path.rglob("outside")] == [folder]


def test_what_is_no_archive_is_refused_and_leaves_nothing(tmp_path: Path, cache: Path) -> None:
    broken = tmp_path / "a.tgz"
    broken.write_bytes(b"half an archive")
    with pytest.raises(WeightsError, match=r"a\.tgz cannot be unpacked.*get it again"):
        unpacked(broken)
    assert list((cache / "iadbe" / "unpacked").iterdir()) == []


def test_finds_a_file_in_any_folder(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "a.zip", x__y__teacher=b"weights")
    assert file_in(archive, "teacher").read_bytes() == b"weights"
    with pytest.raises(WeightsError, match="holds no pupil"):
        file_in(archive, "pupil")
