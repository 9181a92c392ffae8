"""Images that are there twice: within a split they weigh double, across splits they leak."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from iadbe.audit.finding import Finding, Severity
from iadbe.images.inspect import Inspection

RMS = 1.5
"""Grey levels of the thumbnail: copies of a JPEG at quality 50 to 95, or resized, differ by less;
different shots of one object by more (measured on MVTec AD bottle, KolektorSDD and DeepPCB)."""
CORRELATION = 0.98
"""Textures without structure are alike at thumbnail size; only copies correlate, too."""
_BLOCK = 1024


def check_duplicates(files: pd.DataFrame, found: dict[str, Inspection]) -> Iterator[Finding]:
    """Exact duplicates in the whole dataset, near ones within each category.

    Args:
        files: Rows of a layout's index: category, split, label, image_path.
        found: The inspection of every file, by path.
    """
    whole = np.array([not found[path].error for path in files["image_path"]], dtype=bool)
    # A drawn anomaly is its own source but for the damage, and is meant to be.
    readable = files[whole & photographed(files)]
    digests = readable["image_path"].map(lambda path: found[path].sha256)
    for _, same in readable.groupby(digests, sort=False):
        if len(same) > 1:
            yield from _exact(same)
    for category, rows in readable.assign(sha256=digests).groupby("category", sort=True):
        yield from _near(str(category), rows.drop_duplicates("sha256"), found)


def photographed(files: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which rows are photographs, shape (n,); the others were drawn (`iadbe.synthetic`)."""
    if "synthetic" not in files:
        return np.ones(len(files), dtype=bool)
    return ~files["synthetic"].astype(bool).to_numpy()


def _exact(same: pd.DataFrame) -> Iterator[Finding]:
    first = same.iloc[0]
    for _, other in same.iloc[1:].iterrows():
        message = f"the same bytes as {first['image_path']} ({_where(first)})"
        remedy = "keep one of them"
        if first["label"] != other["label"]:
            kind: tuple[Severity, str] = ("error", "duplicate_contradicts")
            message = f"{message}, which has the other label"
        elif first["split"] != other["split"]:
            kind, remedy = ("error", "duplicate_leak"), "remove it from one of the splits"
        else:
            kind = ("warning", "duplicate")
        yield Finding(*kind, str(other["category"]), other["image_path"], message, remedy)


def _near(category: str, rows: pd.DataFrame, found: dict[str, Inspection]) -> Iterator[Finding]:
    if len(rows) < 2:
        return
    thumbnails = [found[path].thumbnail for path in rows["image_path"]]
    pixels = np.stack([np.frombuffer(thumbnail, np.uint8) for thumbnail in thumbnails])
    for one, two in near_pairs(pixels.astype(np.float32)):
        first, other = rows.iloc[one], rows.iloc[two]
        leaks = first["split"] != other["split"]
        name = Path(first["image_path"])
        yield Finding(
            "warning" if leaks else "info",
            "near_duplicate_leak" if leaks else "near_duplicate",
            category,
            other["image_path"],
            f"nearly the same picture as {name} ({_where(first)})",
            "look at both; keep shots of one part in one split (`group`)",
        )


def near_pairs(pixels: npt.NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """Pairs of rows that differ by at most `RMS` and correlate by at least `CORRELATION`.

    Args:
        pixels: Thumbnails, shape (n, pixels). Memory is that of `_BLOCK` × n float32.

    Yields:
        Positions i < j; each j once, with its first i.
    """
    squares = np.einsum("ij,ij->i", pixels, pixels)
    centred = pixels - pixels.mean(axis=1, keepdims=True)
    norms = np.maximum(np.linalg.norm(centred, axis=1), 1e-6)
    bound = RMS**2 * pixels.shape[1]
    for start in range(0, len(pixels), _BLOCK):
        block = slice(start, start + _BLOCK)
        distances = squares[block, None] + squares - 2 * pixels[block] @ pixels.T
        rows, columns = np.nonzero(distances <= bound + 1e-3 * squares[block, None])
        earlier = columns < rows + start
        seen: set[int] = set()
        for two, one in zip(rows[earlier] + start, columns[earlier], strict=True):
            alike = _alike(pixels, centred, norms, int(one), int(two))
            if int(two) not in seen and alike:
                seen.add(int(two))
                yield int(one), int(two)


def _alike(
    pixels: npt.NDArray[np.float32],
    centred: npt.NDArray[np.float32],
    norms: npt.NDArray[np.float32],
    one: int,
    two: int,
) -> bool:
    """Exactly, where the matrix product was rounded."""
    rms = float(np.sqrt(np.mean((pixels[one] - pixels[two]) ** 2)))
    correlation = float(centred[one] @ centred[two] / (norms[one] * norms[two]))
    return rms <= RMS and (correlation >= CORRELATION or rms == 0)


def _where(row: pd.Series) -> str:
    return f"{row['split']}, {'anomalous' if row['label'] else 'normal'}"
