"""Two machines, each with a store of the benchmark `demo`."""

from __future__ import annotations

import pytest

from stores import make_store


@pytest.fixture
def ours(tmp_path):
    return make_store(tmp_path / "ours")


@pytest.fixture
def theirs(tmp_path):
    return make_store(tmp_path / "theirs")
