"""A saved model in a Python process that has seen nothing yet; also the program it runs."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from iadbe.models.protocol import AnomalyModel, Prediction
from iadbe.samples import Samples
from iadbe.testing.address import address_of, class_at, environment
from iadbe.testing.subject import CheckFailedError


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
        given = [str(saved), str(manifest), str(samples.size), str(answer)]
        _run([*address_of(model_class), *given])
        with np.load(answer) as arrays:
            return [
                Prediction(name, float(score), arrays.get(f"map_{n}"))
                for n, (name, score) in enumerate(zip(arrays["ids"], arrays["scores"], strict=True))
            ]


def _run(arguments: list[str]) -> None:
    """Run this module as a program."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", __name__, *arguments],
        env=environment() | _threads(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        cause = (done.stderr.strip().splitlines() or ["it died without a word"])[-1]
        raise CheckFailedError(
            f"a new process cannot load the saved model and predict: {cause}; let it depend on "
            "nothing but its module and the folder it was saved to"
        )


def _threads() -> dict[str, str]:
    """As many threads as here: their number changes the last bits of sums."""
    torch = sys.modules.get("torch")
    return {"OMP_NUM_THREADS": str(torch.get_num_threads())} if torch is not None else {}


def _main(module: str, name: str, *files: str) -> None:
    _predict(class_at(module, name), *files)


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
