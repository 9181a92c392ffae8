"""Get a dataset: download, verify, unpack, count."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from iadbe.download.catalogue import Download, find
from iadbe.download.counts import count
from iadbe.download.place import missing, place
from iadbe.download.progress import Progress, Silent
from iadbe.download.sums import Sum, digits
from iadbe.download.transfer import Transfer
from iadbe.errors import DownloadError

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Fetched:
    """Where a dataset is.

    Attributes:
        folder: It holds one folder a category.
        findings: What differs from the official numbers of images, a line each.
    """

    folder: Path
    findings: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """Where the archive comes from; by default from the official address.

    Attributes:
        address: Another one, e.g. of a mirror.
        sha256: Checksum of that file, where it is not the official one.
        archive: The file, where it is already on this machine; it is kept.
    """

    address: str | None = None
    sha256: str | None = None
    archive: Path | None = None


def fetch(
    name: str,
    to: Path | None = None,
    *,
    categories: Sequence[str] = (),
    source: Source | None = None,
    progress: Progress | None = None,
) -> Fetched:
    """Get a dataset, unless it is there; a download that broke off goes on where it stopped.

    Args:
        name: Of the dataset, e.g. `mvtec_ad`.
        to: Its folder; by default one below `data/01_raw`.
        categories: Those wanted; all where none is named. The official archives hold all of them,
            and all is downloaded; the others are not unpacked.
        source: Where the archive comes from, if not from the official address.
        progress: Is told how far it is.

    Raises:
        ConfigError: If there is no such dataset or category; nothing was downloaded.
        DownloadError: If it cannot be downloaded or unpacked; no half of it is in the folder.
    """
    download, progress = find(name), progress or Silent()
    chosen, needed = download.choose(categories), download.folders(categories)
    target = (to or download.folder).absolute()
    if missing(target, needed):
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone(target, progress):
            if missing(target, needed):
                _get(download, needed, target, source or Source(), progress)
    return Fetched(target, tuple(count(download, target, chosen)))


def _get(
    download: Download, needed: Sequence[str], target: Path, source: Source, progress: Progress
) -> None:
    archive = source.archive or archive_file(download, target)
    if source.archive or archive.is_file():
        _verify(archive, checksum(download, source), progress)
    else:
        Transfer(origin(download, source), archive, checksum(download, source), progress).run()
    try:
        place(archive, download, needed, target, progress)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DownloadError(f"{error.filename or target}: {reason}; {archive} is kept.") from error
    if not source.archive:
        archive.unlink()


def origin(download: Download, source: Source) -> str:
    """The address that the archive comes from.

    Raises:
        DownloadError: If there is none, with what to do by hand.
    """
    if (address := source.address or download.offer.address) is not None:
        return address
    raise DownloadError(f"{download.name} ({download.facts.homepage}): {download.offer.manual}")


def checksum(download: Download, source: Source) -> Sum | None:
    """The checksum that the archive must have, if one is known.

    Raises:
        ConfigError: If the one that was given is none.
    """
    return Sum("sha256", source.sha256.lower()) if source.sha256 else download.offer.sum


def archive_file(download: Download, target: Path) -> Path:
    """Where the archive of a dataset lies while it is downloaded and unpacked."""
    return target.parent / download.offer.file


def ensure(root: Path, name: str, categories: Sequence[str] = ()) -> None:
    """Download a dataset unless its folder is there; for a catalog that says `download: true`.

    Args:
        root: The dataset's folder. If it holds anything, nothing is done.
        name: Of the dataset, e.g. `mvtec_ad`.
        categories: Those wanted; all where none is named.

    Raises:
        ConfigError: If there is no such dataset or category.
        DownloadError: If it cannot be downloaded or unpacked.
    """
    if root.is_dir() and any(root.iterdir()):
        return
    facts = find(name).facts
    _logger.info("Downloading %s (%s, see %s) to %s", name, facts.licence, facts.homepage, root)
    for finding in fetch(name, root, categories=categories).findings:
        _logger.warning("%s: %s", name, finding)


@contextmanager
def _alone(target: Path, progress: Progress) -> Iterator[None]:
    """No other process downloads to the same place meanwhile."""
    lock = FileLock(target.parent / f".{target.name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress.say(f"Another process is at {target}; waiting for it.")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _verify(archive: Path, expected: Sum | None, progress: Progress) -> None:
    if not archive.is_file():
        raise DownloadError(f"{archive}: no such file; give the downloaded archive with --archive.")
    if expected and (found := digits(archive, expected.algorithm, progress)) != expected.digits:
        raise DownloadError(
            f"{archive}: its {expected.algorithm} is {found}, expected {expected.digits}: it is "
            "damaged or another file. Remove it to download afresh."
        )
