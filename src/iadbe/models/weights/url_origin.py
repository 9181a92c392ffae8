"""Files that are published at an address of their own."""

from __future__ import annotations

import hashlib
from pathlib import Path

from iadbe.models.weights.download import download
from iadbe.models.weights.places import downloads_folder
from iadbe.models.weights.requirement import Weights


def cached(weights: Weights) -> Path | None:
    """The file in our own cache."""
    file = _target(weights)
    return file if file.is_file() else None


def fetch(weights: Weights) -> Path:
    """The file, downloaded into our own cache.

    Raises:
        UnavailableError: If its host does not give it, or its sum is another.
    """
    return download(weights.origin, _target(weights), weights.sha256)


def _target(weights: Weights) -> Path:
    """Files of one name from two addresses must not be taken for each other."""
    place = hashlib.sha256(weights.origin.encode()).hexdigest()[:12]
    return downloads_folder() / place / weights.file
