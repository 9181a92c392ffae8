"""Splits too small to learn from, or to tell anything by; files that nobody asked for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from iadbe.audit.drawn import check_drawn
from iadbe.audit.finding import Finding

FEW_TRAINING, FEW_TEST = 20, 10
"""Images below which a result says little: with 10 anomalous images, one is 10 % of the misses."""
_EXPECTED = {"license", "licence", "readme"}
_OURS = {"boxes.json", "demo.json"}
_SHOWN = 3


def check_splits(files: pd.DataFrame) -> Iterator[Finding]:
    """Few normal training images; few, or no, normal or anomalous test images.

    Args:
        files: Rows of a layout's index: category, split, label.
    """
    for category, rows in files.groupby("category", sort=True):
        train = int(((rows["split"] == "train") & (rows["label"] == 0)).sum())
        if train < FEW_TRAINING:
            message = f"{train} normal training images; fewer than {FEW_TRAINING} are few"
            yield _small(str(category), "few_training", message)
        yield from check_drawn(str(category), rows)
        for label, name in ((0, "normal"), (1, "anomalous")):
            test = int(((rows["split"] == "test") & (rows["label"] == label)).sum())
            if test < FEW_TEST:
                effect = "rates and AUROC are coarse" if test else "image metrics are undefined"
                message = f"{test} {name} test images: {effect}"
                yield _small(str(category), f"few_{name}_test", message)


def check_unmatched(root: Path, files: pd.DataFrame) -> Iterator[Finding]:
    """Files below the categories' own folders that are neither an image nor a mask of a sample.

    Args:
        root: The dataset's folder.
        files: Rows of a layout's index: category, image_path, mask_path.
    """
    known = {*files["image_path"], *files["mask_path"].dropna()}
    for category in sorted(files["category"].unique()):
        folder = root / str(category)
        strangers = [path for path in _visible(folder) if str(path.absolute()) not in known]
        for place, group in itertools.groupby(strangers, key=lambda path: path.parent):
            paths = list(group)
            names = ", ".join(path.name for path in paths[:_SHOWN])
            more = ", …" if len(paths) > _SHOWN else ""
            yield Finding(
                "info",
                "unmatched",
                str(category),
                str(place),
                f"{len(paths)} files that no rule of the layout matches: {names}{more}",
                "move them away, or check their names and suffixes",
            )


def _visible(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    found = (
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.stem.lower() not in _EXPECTED
        and path.name not in _OURS
    )
    return sorted(found, key=lambda path: (path.parent, path.name))


def _small(category: str, rule: str, message: str) -> Finding:
    return Finding("warning", rule, category, category, message, "add images if you can")
