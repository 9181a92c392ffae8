"""What a process is said to have used."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

from iadbe.machine import peak_gpu_memory_mb, peak_memory_mb

PROGRAM = "from iadbe.machine import peak_memory_mb; print(peak_memory_mb())"


def test_the_peak_is_that_of_the_process_and_not_of_the_one_that_started_it():
    ballast = bytearray(600_000_000)
    ballast[::4096] = b"x" * len(ballast[::4096])
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    assert peak_memory_mb() > 600
    assert float(done.stdout) < 400
    del ballast


@pytest.mark.parametrize(
    ("started", "peaks", "due"), [(True, [5e6, 7e6], 7.0), (True, [0], None), (False, [5e6], None)]
)
def test_gpu_memory_is_that_of_the_fullest_gpu_or_none(monkeypatch, started, peaks, due):
    cuda = SimpleNamespace(
        is_initialized=lambda: started,
        device_count=lambda: len(peaks),
        max_memory_allocated=lambda place: peaks[place],
    )
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=cuda))
    assert peak_gpu_memory_mb() == due
    monkeypatch.delitem(sys.modules, "torch")
    assert peak_gpu_memory_mb() is None
