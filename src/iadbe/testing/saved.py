"""Checks of a saved model: it loads in another process, and running it is safe."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from iadbe.models.protocol import Prediction
from iadbe.testing.fresh import predictions_of_saved
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


def loads_in_a_new_process(subject: Subject) -> None:
    """Loaded by another process, the model gives the scores it gave before."""
    loaded = predictions_of_saved(subject.model_class, subject.saved, subject.test)
    for before, after in zip(subject.predictions, loaded, strict=True):
        if not _close(before, after):
            raise CheckFailedError(
                f"{before.sample_id} scores {before.image_score!r} before saving and "
                f"{after.image_score!r} after loading (or the maps differ): save all that predict "
                "uses, in full precision"
            )


def _close(before: Prediction, after: Prediction) -> bool:
    if not np.isclose(before.image_score, after.image_score, rtol=1e-4, atol=1e-6):
        return False
    if before.anomaly_map is None or after.anomaly_map is None:
        return before.anomaly_map is after.anomaly_map
    return np.allclose(before.anomaly_map, after.anomaly_map, rtol=1e-4, atol=1e-6)
