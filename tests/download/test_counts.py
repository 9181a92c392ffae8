"""Every dataset that can be downloaded can be counted by its layout."""

from __future__ import annotations

import pytest

from iadbe.download import downloads
from iadbe.download.counts import count


@pytest.mark.parametrize("download", downloads().values(), ids=downloads().keys())
def test_each_category_that_its_layout_refuses_is_a_line(download, tmp_path):
    categories = download.choose()
    findings = count(download, tmp_path, categories)
    assert len(findings) == len(categories)
    assert all(str(tmp_path) in finding for finding in findings)
