import pandas as pd
import pytest

from iadbe.cells.fingerprint import category_digests

ROW = {
    "sample_id": "part/1.png",
    "category": "part",
    "split": "train",
    "label": 0,
    "defect_type": "good",
    "sha256": "ab",
}


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
@pytest.mark.parametrize("dtype", [object, "string", "str"])
def test_a_digest_does_not_depend_on_how_pandas_writes_a_missing_value(missing, dtype):
    plain = pd.DataFrame([ROW | {"boxes": None, "mask_sha256": None}])
    columns = ["boxes", "mask_sha256"]
    other = pd.DataFrame([ROW | dict.fromkeys(columns, missing)])
    other[columns] = other[columns].astype(dtype)
    assert category_digests(other) == category_digests(plain)


def test_a_missing_value_is_not_the_text_of_one():
    missing = pd.DataFrame([ROW | {"boxes": None, "mask_sha256": None}])
    text = pd.DataFrame([ROW | {"boxes": "None", "mask_sha256": "nan"}])
    assert category_digests(missing) != category_digests(text)
