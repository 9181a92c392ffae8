"""Whether a downloaded dataset has as many images as it should."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from iadbe.download.catalogue import Download
from iadbe.errors import DataError
from iadbe.layouts.facts import check_counts


def count(download: Download, folder: Path, categories: Sequence[str]) -> list[str]:
    """Compare with the official numbers.

    Args:
        download: The dataset.
        folder: Where it lies.
        categories: Which to count.

    Returns:
        One line for each number that differs, and for each category that its layout refuses.
    """
    from iadbe.datasets.raw_images import RawImages

    raw = RawImages(folder, download.name)
    findings: list[str] = []
    for category in categories:
        try:
            findings += check_counts(download.name, category, raw.index([category]))
        except DataError as error:
            findings.append(str(error))
    return findings
