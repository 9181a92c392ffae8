"""One folder with every file that models read, for a machine without a network."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from iadbe.errors import WeightsError
from iadbe.models.weights.about import licence, what
from iadbe.models.weights.locate import find, resolve
from iadbe.models.weights.packaged import PACKAGE, packaged_file
from iadbe.models.weights.requirement import Weights
from iadbe.models.weights.transfer.copying import copy
from iadbe.models.weights.transfer.manifest import Manifest, PackedFile, check_file_name
from iadbe.models.weights.transfer.needs import Need


def pack(needs: Sequence[Need], folder: Path, tell: Callable[[str], None]) -> Manifest:
    """Resolve, download where needed, and copy all weights into a new folder.

    Args:
        needs: What the models read.
        folder: To be made, or empty.
        tell: Gets a line for each file.

    Raises:
        WeightsError: If the folder holds something, or a file cannot be had: one line for each,
            and then nothing is written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WeightsError(f"{folder} is not empty: give a new folder to pack into")
    found = _resolved(needs, tell)
    folder = folder.absolute()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".packing-", dir=folder.parent) as scratch:
            content = Path(scratch) / "content"
            content.mkdir()
            manifest = _packed(found, content)
            _publish(content, folder)
    except OSError as error:
        raise WeightsError(f"cannot pack into {folder}: {error}") from error
    return manifest


def _resolved(needs: Sequence[Need], tell: Callable[[str], None]) -> dict[Weights, Path]:
    problems = {f"{need.model}: {need.problem}" for need in needs if need.problem}
    found: dict[Weights, Path] = {}
    for weights in dict.fromkeys(weights for need in needs for weights in need.weights):
        try:
            if find(weights) is None:
                tell(f"{weights.name}: fetching it")
            found[weights] = resolve(weights)
        except WeightsError as error:
            problems.add(str(error))
        else:
            tell(f"{weights.name}: {found[weights]}")
    if problems:
        raise WeightsError("\n".join([*sorted(problems), "Nothing was packed."]))
    return found


def _packed(found: dict[Weights, Path], content: Path) -> Manifest:
    _check_space(sum(file.stat().st_size for file in found.values()), content)
    entries: dict[str, PackedFile] = {}
    for weights, file in found.items():
        name = check_file_name(_name(weights, file))
        known = entries.get(name)
        target = content / (name if known is None else ".same-name")
        sha256, size = copy(file, target)
        if known is None:
            entries[name] = _entry(weights, file, name, sha256, size)
            continue
        target.unlink()
        if known.sha256 != sha256:
            raise WeightsError(f"{known.name} and {weights.name} both want the file name {name}")
    manifest = Manifest(files=list(entries.values()))
    manifest.write(content)
    return manifest


def _entry(weights: Weights, file: Path, name: str, sha256: str, size: int) -> PackedFile:
    packaged = weights.source == "timm" and file == packaged_file(weights.origin)
    return PackedFile(
        name=weights.name,
        file=name,
        sha256=sha256,
        size=size,
        licence=licence(weights, packaged=packaged),
        origin=PACKAGE if packaged else what(weights),
    )


def _name(weights: Weights, file: Path) -> str:
    """The name under which it will be found there; timm reads both formats, told by the suffix."""
    if weights.source != "timm":
        return weights.file
    suffix = ".safetensors" if file.suffix == ".safetensors" else ".pth"
    return f"{weights.origin}{suffix}"


def _check_space(size: int, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < size:
        raise WeightsError(
            f"the weights take {size / 1e9:.1f} GB, and the disk of the folder to pack into has "
            f"{free / 1e9:.1f} GB left: give another folder, or fewer --models"
        )


def _publish(content: Path, folder: Path) -> None:
    """Give the finished folder its name at once."""
    if folder.exists():
        folder.rmdir()
    content.rename(folder)
