"""Find the folder of a category, or say what is there instead."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from iadbe.errors import AbsentCategoryError, DataError
from iadbe.layouts.facts import official
from iadbe.layouts.image_files import folders_in


def dataset_folder(root: Path) -> Path:
    """The absolute folder of a dataset.

    Raises:
        DataError: If there is no such folder.
    """
    if not root.is_dir():
        raise DataError(f"{root}: no such dataset folder. Put the images there or change its path.")
    return root.absolute()


def official_folder(root: Path, dataset: str, category: str) -> Path:
    """The folder of a category, whether it is an official one or a user's own.

    Args:
        root: Folder of the dataset.
        dataset: Name of the dataset whose categories are known, e.g. `btech`.
        category: Name of a folder below `root`.

    Raises:
        AbsentCategoryError: If its folder is missing, or no category has this name.
        DataError: If the dataset's folder is missing.
    """
    folder = dataset_folder(root) / category
    if folder.is_dir():
        return folder
    check_category(root, dataset, category, [child.name for child in folders_in(root)])
    raise AbsentCategoryError(f"{folder}: no such folder. {get(dataset)} into {root}.")


def check_category(root: Path, dataset: str, category: str, there: list[str]) -> None:
    """Refuse a name that is neither an official category nor there.

    Args:
        root: Folder of the dataset, for the message.
        dataset: Name of the dataset.
        category: The name to check.
        there: Names that are there.

    Raises:
        AbsentCategoryError: With the nearest name.
    """
    facts = official(dataset)
    known = list(facts.categories) if facts else there
    if category in known or category in there:
        return
    near = get_close_matches(category, sorted({*known, *there}), n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    raise AbsentCategoryError(
        f"{root / category}: {dataset} has no category '{category}'.{hint} "
        f"There are: {', '.join(known)}."
    )


def get(dataset: str) -> str:
    """For messages: what to unpack, and where it comes from."""
    facts = official(dataset)
    return f"Unpack {facts.title} ({facts.homepage})" if facts else "Put the images"
