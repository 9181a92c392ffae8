import pytest
from kedro.io import DataCatalog, DatasetError

from iadbe.published import published

ENTRY = {"published": {"type": "iadbe.published.dataset.PublishedDataset"}}


def test_it_is_in_the_catalog_and_cannot_be_overwritten():
    catalog = DataCatalog.from_config(ENTRY)
    assert catalog.load("published").equals(published())
    assert catalog.exists("published")
    with pytest.raises(DatasetError, match="no node may save them"):
        catalog.save("published", published())
