"""Give every image of one's own a split; where no anomaly was photographed, make some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import Field

from iadbe.errors import DataError
from iadbe.layouts.found import Found, id_of
from iadbe.layouts.held_out import held_out, seeded

TestShare = Annotated[float, Field(gt=0, lt=1)]
"""Share of the normal images that are held out for the test split, where none is given."""
SYNTHETIC = "synthetic"
"""The defect type of anomalies that were made, not photographed."""


def complete_splits(
    found: Sequence[Found], root: Path, category: str, *, share: float, cache: Path
) -> list[Found]:
    """Split what has no split yet, seeded by the category's name.

    Anomalous images go to test. Of the normal ones a share is held out for test, unless there are
    normal test images already; a normal image whose group is tested goes to test, too. Where no
    image is anomalous, every normal test image is copied with a synthetic defect.

    Args:
        found: All images of the category.
        root: Folder of the dataset, below which they are named.
        category: Their category.
        share: Of the normal images, for test.
        cache: Folder to write synthetic anomalies into.

    Raises:
        DataError: If no image is left for training or for the test, or a group is torn apart.
    """
    ordered = sorted(found, key=lambda item: id_of(item, root))
    split = _split(ordered, root, category, share)
    _refuse_torn(split, root)
    _refuse_empty(split, root, category)
    if not any(item.label for item in split):
        split += _damaged([item for item in split if item.split == "test"], root, category, cache)
    return split


def _split(found: list[Found], root: Path, category: str, share: float) -> list[Found]:
    tested = {_unit(item, root) for item in found if item.split == "test"}
    tested |= {_unit(item, root) for item in found if item.split is None and item.label}
    normal = [_unit(item, root) for item in found if not item.label]
    open_ = [_unit(item, root) for item in found if item.split is None and not item.label]
    given = any(item.split == "test" and not item.label for item in found)
    if open_ and not given:
        wanted = round(share * len(normal))
        tested |= held_out(normal, wanted, seeded("test", category), forced=tested)
    return [
        replace(item, split="test" if _unit(item, root) in tested else "train")
        if item.split is None
        else item
        for item in found
    ]


def _unit(item: Found, root: Path) -> str:
    return f"group {item.group}" if item.group else f"sample {id_of(item, root)}"


def _refuse_torn(split: Sequence[Found], root: Path) -> None:
    """Only splits that were given can tear a group apart."""
    seen: dict[str, Found] = {}
    for item in split:
        other = seen.setdefault(item.group, item) if item.group else item
        if other.split != item.split:
            places = [f"{id_of(one, root)} in {one.split}" for one in (other, item)]
            raise DataError(
                f"{root}: shots of group '{item.group}' lie in two splits: {', '.join(places)}. "
                "Move them into one, or give no split and let it be drawn."
            )


def _refuse_empty(split: Sequence[Found], root: Path, category: str) -> None:
    if not any(item.split == "train" for item in split):
        raise DataError(
            f"{root}: category '{category}' has {len(split)} images and none is left to train on. "
            "Add normal images, or lower `test_share`."
        )
    if not any(item.split == "test" for item in split):
        raise DataError(
            f"{root}: category '{category}' has {len(split)} images and none is left to test on. "
            "Add images, raise `test_share`, or make `group` finer."
        )


def _damaged(sources: Sequence[Found], root: Path, category: str, cache: Path) -> list[Found]:
    from iadbe.synthetic.write import write_anomaly

    made = []
    for item in sources:
        name = f"{category}/{SYNTHETIC}/{id_of(item, root)}"
        if (files := write_anomaly(item.path, cache, name)) is not None:
            image, mask = files
            drawn = replace(item, path=image, mask=mask, sample_id=name)
            made.append(replace(drawn, defect_type=SYNTHETIC, synthetic=True))
    return made
