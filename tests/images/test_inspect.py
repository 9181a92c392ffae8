import os
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from iadbe.errors import DataError
from iadbe.images import memory
from iadbe.images.inspect import inspect_file, refuse_unreadable
from iadbe.images.memory import Inspections

NOISE = np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8)


@pytest.fixture
def image(tmp_path: Path) -> Path:
    Image.fromarray(NOISE).save(tmp_path / "a.png")
    return tmp_path / "a.png"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are opened, as they are."""
    paths: list[str] = []

    def counted(path: str):
        paths.append(path)
        return inspect_file(path)

    monkeypatch.setattr(memory, "inspect_file", counted)
    return paths


def test_a_whole_image(image: Path) -> None:
    found = inspect_file(str(image))
    assert (found.height, found.width, found.black, found.error) == (20, 30, False, None)
    assert len(found.sha256) == 64


def test_the_size_is_that_of_the_upright_image(image: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(NOISE).save(image, exif=exif)
    found = inspect_file(str(image))
    assert (found.height, found.width) == (30, 20)


def test_black(image: Path) -> None:
    Image.new("RGBA", (3, 3), (0, 0, 0, 255)).save(image)
    assert inspect_file(str(image)).black


@pytest.mark.parametrize("suffix", ["png", "jpg", "bmp", "tif", "webp"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6])
def test_a_truncated_image_is_an_error_never_an_exception(
    tmp_path: Path, suffix: str, share: float
) -> None:
    file = tmp_path / f"a.{suffix}"
    Image.fromarray(NOISE).save(file)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(share * len(whole))])
    assert inspect_file(str(file)).error


def test_other_broken_files(tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()
    (tmp_path / "text.png").write_text("no picture")
    Image.fromarray(NOISE[..., 0].astype(np.float32)).save(tmp_path / "float.tif")
    for name, words in [
        ("empty.png", "the file is empty"),
        ("text.png", "not an image"),
        ("float.tif", "8 or 16 bits"),
        ("none.png", "No such file"),
    ]:
        assert words in (inspect_file(str(tmp_path / name)).error or "")


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX only")
def test_a_name_that_is_not_utf8_is_said_in_words_that_can_be_printed(image: Path) -> None:
    odd = os.fsdecode(os.fsencode(image.parent) + b"/gr\xf6\xdfe.png")
    try:
        image.rename(odd)
    except OSError:
        pytest.skip("the file system refuses such names")
    with pytest.raises(DataError, match="is not UTF-8; rename it") as error:
        refuse_unreadable([inspect_file(odd)])
    str(error.value).encode()


def test_many_broken_files_make_one_line(tmp_path: Path) -> None:
    found = [inspect_file(str(tmp_path / f"{number}.png")) for number in range(50)]
    with pytest.raises(DataError, match=r"^50 files cannot be read: repair or remove.*…$") as error:
        refuse_unreadable(found)
    assert str(error.value).count("No such file") == 5


def test_a_second_inspection_opens_nothing(tmp_path: Path, image: Path, opened: list[str]) -> None:
    first = Inspections(tmp_path / "memory.sqlite").inspect([str(image), str(image)])
    second = Inspections(tmp_path / "memory.sqlite").inspect([str(image)])
    assert first == second
    assert opened == [str(image)]


def test_a_changed_file_is_inspected_again(tmp_path: Path, image: Path, opened: list[str]) -> None:
    memory = Inspections(tmp_path / "memory.sqlite")
    before = memory.inspect([str(image)])
    Image.new("L", (5, 4)).save(image)
    after = memory.inspect([str(image)])[str(image)]
    assert (after.height, after.width) == (4, 5)
    assert after.sha256 != before[str(image)].sha256
    assert len(opened) == 2


@pytest.mark.skipif(os.name != "posix", reason="elsewhere ctime is the time of creation")
def test_a_file_of_the_same_size_and_time_moved_over_is_inspected_again(tmp_path: Path) -> None:
    for name, grey in (("old.bmp", 10), ("new.bmp", 200)):
        Image.new("L", (8, 8), grey).save(tmp_path / name)
        os.utime(tmp_path / name, ns=(10**18, 10**18))
    memory, old = Inspections(tmp_path / "memory.sqlite"), str(tmp_path / "old.bmp")
    before = memory.inspect([old])[old]
    (tmp_path / "new.bmp").replace(old)
    assert memory.inspect([old])[old].sha256 != before.sha256


def test_broken_files_are_not_remembered(tmp_path: Path, opened: list[str]) -> None:
    memory = Inspections(tmp_path / "memory.sqlite")
    (tmp_path / "a.png").touch()
    for _ in range(2):
        assert memory.inspect([str(tmp_path / "a.png")])[str(tmp_path / "a.png")].error
    assert len(opened) == 2


def test_a_damaged_memory_is_moved_aside(tmp_path: Path, image: Path, opened: list[str]) -> None:
    file = tmp_path / "memory.sqlite"
    file.write_bytes(b"this is no database" * 100)
    for _ in range(2):
        assert not Inspections(file).inspect([str(image)])[str(image)].error
    assert opened == [str(image)]
    assert (tmp_path / "memory.sqlite.damaged").read_bytes().startswith(b"this is no")


def test_a_database_of_someone_else_keeps_its_tables(tmp_path: Path, image: Path) -> None:
    with sqlite3.connect(tmp_path / "theirs.sqlite") as theirs:
        theirs.execute("create table inspections (theirs)")
        theirs.execute("insert into inspections values ('kept')")
    assert not Inspections(tmp_path / "theirs.sqlite").inspect([str(image)])[str(image)].error
    with sqlite3.connect(tmp_path / "theirs.sqlite") as theirs:
        assert theirs.execute("select * from inspections").fetchall() == [("kept",)]


@pytest.mark.parametrize("place", ["memory.sqlite", "a file/memory.sqlite"])
def test_a_memory_that_cannot_be_written(tmp_path: Path, image: Path, place: str) -> None:
    (tmp_path / "memory.sqlite").mkdir()
    (tmp_path / "a file").touch()
    with pytest.raises(DataError, match=r"cannot be written.*catalog\.yml"):
        Inspections(tmp_path / place).inspect([str(image)])
