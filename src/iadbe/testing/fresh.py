"""What must hold in a Python process that has seen nothing yet; also the program it runs."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from iadbe.models.protocol import AnomalyModel, Prediction
from iadbe.samples import Samples
from iadbe.testing.subject import CheckFailedError

HEAVY = ("torch", "tensorflow", "jax", "anomalib", "ultralytics", "timm", "lightning")


def heavy_imports(model_class: type[AnomalyModel]) -> list[str]:
    """The deep learning libraries that importing a model's module brings in."""
    return _run("imports", model_class).split()


def predictions_of_saved(
    model_class: type[AnomalyModel], saved: Path, samples: Samples
) -> list[Prediction]:
    """Load a saved model in a new process and predict there.

    Raises:
        CheckFailedError: If the other process fails.
    """
    with tempfile.TemporaryDirectory(prefix="iadbe-check-") as folder:
        manifest, answer = Path(folder, "samples.parquet"), Path(folder, "answer.npz")
        samples.frame.to_parquet(manifest)
        _run("predict", model_class, str(saved), str(manifest), str(samples.size), str(answer))
        with np.load(answer) as arrays:
            return [
                Prediction(name, float(score), arrays.get(f"map_{n}"))
                for n, (name, score) in enumerate(zip(arrays["ids"], arrays["scores"], strict=True))
            ]


def _threads() -> dict[str, str]:
    """As many threads as here: their number changes the last bits of sums."""
    torch = sys.modules.get("torch")
    return {"OMP_NUM_THREADS": str(torch.get_num_threads())} if torch is not None else {}


def _run(task: str, model_class: type[AnomalyModel], *arguments: str) -> str:
    """Run this module as a program; return what it prints."""
    if "<locals>" in model_class.__qualname__ or model_class.__module__ == "__main__":
        raise CheckFailedError(
            f"{model_class.__qualname__} cannot be imported by another process: define it at the "
            "top level of a module"
        )
    program = ["-m", __name__, task, model_class.__module__, model_class.__qualname__]
    done = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, *program, *arguments],
        env={
            **os.environ,
            **_threads(),
            "PYTHONPATH": os.pathsep.join(path or "." for path in sys.path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        cause = (done.stderr.strip().splitlines() or ["it died without a word"])[-1]
        doing = "importing the model" if task == "imports" else "loading the saved model"
        raise CheckFailedError(f"{doing} in a new process failed: {cause}")
    return done.stdout


def _main(task: str, module: str, name: str, *arguments: str) -> None:
    model_class: Any = importlib.import_module(module)
    if task == "imports":
        print(*(library for library in HEAVY if library in sys.modules))
        return
    for part in name.split("."):
        model_class = getattr(model_class, part)
    _predict(model_class, *arguments)


def _predict(
    model_class: type[AnomalyModel], saved: str, manifest: str, size: str, answer: str
) -> None:
    samples = Samples(pd.read_parquet(manifest), int(size))
    predictions = list(model_class.load(Path(saved), "cpu").predict(samples))
    maps = {
        f"map_{n}": prediction.anomaly_map
        for n, prediction in enumerate(predictions)
        if prediction.anomaly_map is not None
    }
    ids = np.array([prediction.sample_id for prediction in predictions], dtype=str)
    scores = np.array([prediction.image_score for prediction in predictions], dtype=np.float64)
    np.savez(answer, ids=ids, scores=scores, **maps)  # type: ignore[arg-type]


if __name__ == "__main__":
    _main(*sys.argv[1:])
