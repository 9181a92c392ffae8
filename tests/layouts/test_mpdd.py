import pytest

from iadbe.errors import DataError
from iadbe.layouts import mvtec_ad
from iadbe.layouts.mpdd import index


@pytest.fixture
def root(tmp_path, draw):
    draw("tubes/train/good/000.png", "tubes/test/good/000.png", "tubes/test/anomalous/000.png")
    draw("tubes/ground_truth/anomalous/000_mask.png")
    return tmp_path


def test_official_shape_is_that_of_mvtec_ad(root):
    frame = index(root, "tubes")
    assert frame.equals(mvtec_ad.index(root, "tubes"))
    assert frame["defect_type"].tolist() == ["anomalous", "good", "good"]
    assert frame["mask_path"].notna().tolist() == [True, False, False]


def test_a_missing_mask(root):
    (root / "tubes/ground_truth/anomalous/000_mask.png").unlink()
    with pytest.raises(DataError, match=r"1 without a mask"):
        index(root, "tubes")


def test_a_mistyped_category(root):
    with pytest.raises(DataError, match=r"mpdd has no category 'tube'. Did you mean 'tubes'"):
        index(root, "tube")


def test_an_official_category_that_is_not_there(root):
    with pytest.raises(DataError, match=r"connector: no such folder. Unpack MPDD"):
        index(root, "connector")
