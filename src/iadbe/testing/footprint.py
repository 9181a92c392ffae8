"""Checks of what a model leaves behind on the disk."""

from __future__ import annotations

from iadbe.testing.subject import CheckFailedError, Subject
from iadbe.testing.written import astray


def leaves_samples_alone(subject: Subject) -> None:
    """Neither the manifest nor the dataset's files change."""
    _ = subject.predictions
    if subject.edited:
        names = " and ".join(sorted(subject.edited))
        raise CheckFailedError(f"{names} changed the manifest: copy samples.frame to edit it")
    files = subject.files_drawn
    now = subject.files_now()
    if changed := sorted(name for name in now.keys() | files if now.get(name) != files.get(name)):
        raise CheckFailedError(
            f"files of the dataset were made, changed or removed: {', '.join(changed[:3])}; work "
            "in a tempfile.TemporaryDirectory"
        )


def leaves_the_working_folder_alone(subject: Subject) -> None:
    """Fitting, predicting and saving leave nothing in the working folder."""
    _ = subject.predictions, subject.saved
    if litter := sorted(path.name for path in (subject.root / "work").iterdir()):
        raise CheckFailedError(
            f"left in the working folder: {', '.join(litter[:3])}; write into the folder that save "
            "gets, or into a tempfile.TemporaryDirectory"
        )


def writes_only_where_told(subject: Subject) -> None:
    """Nothing is written but the saved model, temporary files and caches."""
    _ = subject.predictions, subject.saved
    if strays := astray(subject.written):
        raise CheckFailedError(
            f"wrote where it was not told to: {', '.join(strays[:3])}; write into the folder that "
            "save gets, or into a tempfile.TemporaryDirectory"
        )
