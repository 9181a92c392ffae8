"""Checks of a saved model: it loads, here and elsewhere, and loading it is safe."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from iadbe.models.protocol import Prediction
from iadbe.testing.fresh import predictions_of_saved
from iadbe.testing.sameness import closely, first_difference
from iadbe.testing.subject import CheckFailedError, Subject

_PICKLES = {".pkl", ".pickle", ".joblib", ".pt", ".pth", ".ckpt", ".dill"}


def saves_no_pickle(subject: Subject) -> None:
    """The saved folder holds no file that runs code when it is loaded."""
    for file in sorted(path for path in subject.saved.rglob("*") if path.is_file()):
        if _is_pickle(file):
            raise CheckFailedError(
                f"save wrote {file.name}, a pickle, which runs code when loaded: use safetensors, "
                "numpy without objects, or JSON"
            )


def _is_pickle(file: Path) -> bool:
    if file.suffix in _PICKLES:
        return True
    if file.suffix in {".npy", ".npz"}:
        return _holds_objects(file)
    start = file.read_bytes()
    protocol = start[:1] == b"\x80" and start[1:2] in (b"\x02", b"\x03", b"\x04", b"\x05")
    return protocol or (start[:2] == b"PK" and b"data.pkl" in start)


def _holds_objects(file: Path) -> bool:
    try:
        content = np.load(file, allow_pickle=False)
        if isinstance(content, np.lib.npyio.NpzFile):
            with content:
                for name in content.files:
                    _ = content[name]
    except ValueError:
        return True
    return False


def loads_the_same_scores(subject: Subject) -> None:
    """Loaded again, the model gives the scores it gave before."""
    loaded = subject.predict(subject.model_class.load(subject.saved, "cpu"))
    _compare(subject, loaded, "after it was saved and loaded")


def works_in_a_spawned_process(subject: Subject) -> None:
    """Loaded by a process that has seen nothing yet, it gives the scores it gave before."""
    loaded = predictions_of_saved(subject.model_class, subject.saved, subject.test)
    _compare(subject, loaded, "loaded by another process")


def _compare(subject: Subject, loaded: list[Prediction], when: str) -> None:
    if found := first_difference(subject.predictions, loaded, closely):
        raise CheckFailedError(
            f"{when}, the model predicts something else: {found}; save all that predict uses, in "
            "full precision"
        )
