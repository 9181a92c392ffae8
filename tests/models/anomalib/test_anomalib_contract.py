"""The contract, on every Anomalib model that the smoke benchmarks run."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open

from iadbe.models.anomalib import AnomalibModel
from iadbe.testing import check_model, form, saved
from iadbe.testing.run import CHECKS
from iadbe.testing.subject import Subject
from models.anomalib.smoke_settings import anomalib_entries

ENTRIES = anomalib_entries()
ORIGINAL = {
    "cfa", "cflow", "csflow", "dfkde", "dfm", "draem", "dsr", "fastflow", "fre", "ganomaly",
    "padim", "patchcore", "reverse_distillation", "stfpm", "uflow",
}  # fmt: skip
ONCE = {form.imports_light, form.imports_fast, saved.works_in_a_spawned_process}
"""Checks that start a process: for one model here, below for all of them at once."""

LOAD_ALL = """
import socket, sys
from pathlib import Path
import numpy as np, pandas as pd
from iadbe.models import weights
from iadbe.models.anomalib import AnomalibModel
from iadbe.samples import Samples

def refused(*args, **kwargs):
    raise AssertionError(f"asked for {args}")

socket.socket.connect = refused
finders = (weights.resolve, weights.weights_file)
for module in [module for name, module in sys.modules.items() if name.startswith("iadbe.")]:
    for name, value in list(vars(module).items()):
        if any(value is finder for finder in finders):
            setattr(module, name, refused)
for folder in map(Path, sys.argv[1:]):
    samples = Samples(pd.read_parquet(folder.parent / "test.parquet"), 64)
    scores = [p.image_score for p in AnomalibModel.load(folder, "cpu").predict(samples)]
    np.save(folder.parent / "scores.npy", scores)
"""


@pytest.fixture(scope="module")
def subject_of() -> Callable[[str], Subject]:
    """Models that are fitted once for all tests; of a fitted one only what it saved stays."""

    @cache
    def by_name(name: str) -> Subject:
        return Subject(AnomalibModel, ENTRIES[name], size=64)

    return by_name


def test_the_smoke_benchmark_runs_the_original_fifteen_and_fre() -> None:
    assert set(ENTRIES) >= ORIGINAL


@pytest.mark.slow
@pytest.mark.parametrize("name", ENTRIES)
def test_keeps_the_contract(name: str, subject_of: Callable[[str], Subject]) -> None:
    subject = subject_of(name)
    for check in CHECKS:
        if check not in ONCE:
            check(subject)
    _saves_the_network_alone(subject)
    del subject.__dict__["fitted"]


@pytest.mark.slow
def test_one_model_keeps_all_of_it() -> None:
    check_model(AnomalibModel, ENTRIES["padim"])


@pytest.mark.slow
def test_another_process_loads_them_without_network_and_weights(
    subject_of: Callable[[str], Subject],
) -> None:
    subjects = {name: subject_of(name) for name in ENTRIES}
    for subject in subjects.values():
        subject.test.frame.to_parquet(subject.root / "test.parquet")
    folders = [str(subject.saved) for subject in subjects.values()]
    subprocess.run([sys.executable, "-c", LOAD_ALL, *folders], check=True, env=_as_here())
    for name, subject in subjects.items():
        before = [prediction.image_score for prediction in subject.predictions]
        after = np.load(subject.root / "scores.npy")
        np.testing.assert_allclose(after, before, rtol=1e-4, atol=1e-6, err_msg=name)


def _saves_the_network_alone(subject: Subject) -> None:
    """No optimiser, no remains of a batch."""
    network = subject.fitted._scorer.model
    size = sum(tensor.nbytes for tensor in network.state_dict().values())
    file = subject.saved / "model.safetensors"
    assert file.stat().st_size < 1.01 * size + 2**20
    with safe_open(file, "pt") as tensors:
        assert not [name for name in tensors.keys() if "exp_avg" in name]  # noqa: SIM118


def _as_here() -> dict[str, str]:
    import torch

    return {**os.environ, "IADBE_OFFLINE": "1", "OMP_NUM_THREADS": str(torch.get_num_threads())}


@pytest.mark.slow
def test_patchcore_on_twenty_images_stays_below_two_gigabytes(tmp_path: Path) -> None:
    """Anomalib's own sampler grows to 24 GB here."""
    code = """
import sys
from pathlib import Path
import pandas as pd
from iadbe.demo.draw import draw
from iadbe.machine import peak_memory_mb
from iadbe.models.anomalib import AnomalibModel
from iadbe.samples import Samples

folder = Path(sys.argv[1])
draw(folder, size=256, n_train=20, n_test_normal=2, n_test_anomalous=1, n_train_anomalous=0,
     categories=["part"])
files = sorted((folder / "part" / "train").rglob("*.png"))
samples = Samples(pd.DataFrame([{"sample_id": f.name, "image_path": str(f)} for f in files]), 256)
args = {"backbone": "wide_resnet50_2", "layers": ["layer2", "layer3"]}
model = AnomalibModel(AnomalibModel.Params(name="Patchcore", weights="random", args=args), "cpu")
model.fit(samples, 0)
assert len(samples) == 20 and len(list(model.predict(samples))) == 20
print(peak_memory_mb())
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert 500 < float(done.stdout.split()[-1]) < 2000
