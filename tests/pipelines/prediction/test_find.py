from pathlib import Path

import pytest

from iadbe.errors import ConfigError, DataError
from iadbe.pipelines.prediction.find import find_images


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    for name in (
        "a.png", "sub/b.JPG", "sub/deep er/ü.tif", "notes.txt", "sub/Thumbs.db",
        ".hidden.png", "._a.png", ".cache/c.png", "sub/folder.png/d.bmp",
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def names(photos: Path, images: object) -> list[str]:
    return [Path(path).relative_to(photos).as_posix() for path in find_images(images)]


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("a.png", ["a.png"]),
        ("notes.txt", ["notes.txt"]),  # named outright: it is looked into, and refused if no image
        (".", ["a.png", "sub/b.JPG", "sub/deep er/ü.tif", "sub/folder.png/d.bmp"]),
        ("sub/deep er", ["sub/deep er/ü.tif"]),
        ("*", ["a.png"]),
        ("**/*.*", ["a.png", "sub/b.JPG", "sub/deep er/ü.tif", "sub/folder.png/d.bmp"]),
        ("[ab].png", ["a.png"]),
    ],
)
def test_an_image_a_folder_or_a_glob(photos: Path, named: str, found: list[str]) -> None:
    assert names(photos, str(photos / named)) == found


def test_a_list_gives_each_image_once(photos: Path) -> None:
    listed = [photos / "a.png", str(photos / "*.png"), photos / "sub/deep er"]
    assert names(photos, listed) == ["a.png", "sub/deep er/ü.tif"]


def test_paths_are_those_that_were_given_made_absolute(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (photos / "link.png").symlink_to(photos / "a.png")
    monkeypatch.chdir(photos)
    assert find_images("link.png") == [str(photos / "link.png")]


def test_a_name_with_glob_characters_is_a_name_first(photos: Path) -> None:
    (photos / "part[1].png").touch()
    assert names(photos, str(photos / "part[1].png")) == ["part[1].png"]


@pytest.mark.parametrize("nothing", [None, "", []])
def test_nothing_named(nothing: object) -> None:
    with pytest.raises(ConfigError, match="--params images=PATH"):
        find_images(nothing)


@pytest.mark.parametrize("named", ["nowhere", "*.gif", ".cache/none", 7])
def test_nothing_found(photos: Path, named: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(photos)
    with pytest.raises(DataError, match=f"{photos}.*no image there; give an image, a folder or"):
        find_images(["a.png", named])
