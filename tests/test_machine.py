"""What a process is said to have used."""

import subprocess
import sys

from iadbe.machine import peak_memory_mb

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
