"""Read `data.yaml`: which images there are in which split, and what the classes are called."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from iadbe.errors import DataError
from iadbe.layouts.image_files import is_image
from iadbe.layouts.own_folders import images_below

SPLITS = ("train", "val", "test")
Source = str | list[str] | None


class YoloSet(NamedTuple):
    """Class names by number, and the images of each split."""

    file: Path
    names: dict[int, str]
    images: dict[str, list[Path]]


class _Yaml(BaseModel):
    """What of `data.yaml` is read; `nc`, `download` and others are not."""

    model_config = ConfigDict(extra="ignore")

    path: str | None = None
    names: dict[int, str] = Field(min_length=1)
    train: Source = None
    val: Source = None
    test: Source = None

    @field_validator("names", mode="before")
    @classmethod
    def _numbered(cls, names: Any) -> Any:
        return dict(enumerate(map(str, names))) if isinstance(names, list) else names


def yaml_file(folder: Path, name: str | None) -> Path:
    """The named file below a folder, `data.yaml`, or the only .yaml file there.

    Raises:
        DataError: If there is none, or it is not clear which.
    """
    if folder.is_file():
        return folder
    if not folder.is_dir():
        raise DataError(f"{folder}: no such dataset folder. Put the images there, or correct it.")
    candidates = [name] if name else ["data.yaml", "data.yml", "dataset.yaml"]
    for candidate in candidates:
        if (folder / candidate).is_file():
            return folder / candidate
    found = sorted(path for path in folder.iterdir() if path.suffix in {".yaml", ".yml"})
    if name or len(found) != 1:
        there = ", ".join(path.name for path in found) or "no .yaml file"
        raise DataError(
            f"{folder / candidates[0]}: no such file; there is {there}. Write one with `train`, "
            "`val` and `names`, or name it in the option `data`."
        )
    return found[0]


def read_yolo(file: Path) -> YoloSet:
    """Read a `data.yaml` and list the images that it speaks of.

    Raises:
        DataError: If it is malformed, or a folder or list in it is missing or empty.
    """
    content = _content(file)
    root = _root(file, content.path)
    images = {
        split: [
            image for entry in _entries(getattr(content, split)) for image in _at(file, root, entry)
        ]
        for split in SPLITS
    }
    if not any(images.values()):
        raise DataError(f"{file}: no images: none of `train`, `val` and `test` names any.")
    return YoloSet(file, content.names, images)


def _content(file: Path) -> _Yaml:
    try:
        return _Yaml.model_validate(yaml.safe_load(file.read_text("utf-8")) or {})
    except yaml.YAMLError as error:
        raise DataError(f"{file}: not YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"])) or "the file"
        raise DataError(f"{file}: {where}: {fault['msg']}. Correct it.") from error


def _root(file: Path, path: str | None) -> Path:
    """The folder that `path` names, absolute or below the file's; the file's if it is not there.

    Many a `data.yaml` carries the path of the machine that it was made on.
    """
    root = file.parent / (path or ".")
    return root if root.is_dir() else file.parent


def _entries(source: Source) -> list[str]:
    return [source] if isinstance(source, str) else source or []


def _at(file: Path, root: Path, entry: str) -> list[Path]:
    """The images of a folder, of a .txt list, or of one path."""
    place = _existing(file, root, entry)
    if place.is_dir():
        images = images_below(place)
    elif place.suffix == ".txt":
        images = [
            _listed(place, root, line)
            for line in place.read_text("utf-8").splitlines()
            if line.strip()
        ]
    else:
        images = [place] if is_image(place) else []
    if not images:
        raise DataError(f"{file}: no images in {place}. Put them there, or take it out of {file}.")
    return images


def _existing(file: Path, root: Path, entry: str) -> Path:
    """Roboflow writes `../train/images` for what lies at `train/images`: Ultralytics takes both."""
    places = [root / entry, file.parent / entry]
    if entry.startswith("../"):
        places += [root / entry[3:], file.parent / entry[3:]]
    for place in places:
        if place.exists():
            return place.resolve() if ".." in place.parts else place
    raise DataError(f"{file}: {places[0]} is not there. Correct `path` or the split's entry.")


def _listed(listing: Path, root: Path, line: str) -> Path:
    """A line of a list; `./` is the list's own folder, as Ultralytics has it."""
    name = line.strip()
    places = (
        [listing.parent / name] if name.startswith("./") else [root / name, listing.parent / name]
    )
    for place in places:
        if place.is_file():
            return place
    raise DataError(f"{listing}: {places[0]} is not there. Correct the line.")
