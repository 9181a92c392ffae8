import mmap
import time

import numpy as np
import psutil
import pytest

from iadbe.costs.memory import LIMIT, free_gb, growth_gb


def test_growth_is_the_peak_and_not_what_is_left():
    def call():
        # Not from the allocator: what it kept of earlier tests would be used again, without growth.
        with mmap.mmap(-1, 320_000_000) as ballast:
            for page in range(0, len(ballast), mmap.PAGESIZE):
                ballast[page] = 1
            time.sleep(0.3)  # a busy machine may keep the watcher waiting

    assert 0.25 < growth_gb(call) < 0.6
    assert growth_gb(lambda: None) < 0.1


@pytest.mark.skipif(not hasattr(psutil, "heap_trim"), reason="this C library keeps its memory")
def test_what_the_allocator_kept_does_not_hide_growth():
    """Below a block in use lie freed ones, which the next call of their size takes."""
    large = np.ones(31 * 2**17)
    del large  # from here on blocks below 31 MiB come from the heap: M_MMAP_THRESHOLD, mallopt(3)
    blocks = [np.ones(30 * 2**17) for _ in range(14)]
    above = [np.ones(1000), *(bytearray(1000) for _ in range(1000))]
    del blocks

    def call():
        some = np.ones(40_000_000)  # 0.32 GB
        time.sleep(0.3)
        assert some[-1]

    assert 0.25 < growth_gb(call) < 0.6
    assert len(above) == 1001


def test_growth_is_watched_until_the_call_fails():
    def call():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        growth_gb(call)


@pytest.fixture
def container(tmp_path):
    def write(limit):
        (tmp_path / "memory.max").write_text(f"{limit}\n")
        (tmp_path / "memory.current").write_text("900000000\n")
        (tmp_path / "memory.stat").write_text("anon 1\ninactive_file 400000000\n")
        return tmp_path

    return write


def test_the_limit_of_a_container_counts_without_its_cached_files(container, monkeypatch):
    monkeypatch.delenv(LIMIT, raising=False)
    assert free_gb(container(600_000_000)) == pytest.approx(0.1)
    assert free_gb(container(1)) == 0
    assert free_gb(container("max")) > 0.1


def test_the_limit_of_the_benchmark_counts(container, monkeypatch):
    monkeypatch.setenv(LIMIT, "0.01")
    assert free_gb(container("max")) == 0
    monkeypatch.setenv(LIMIT, "")
    assert free_gb(container("max")) > 0.1
