import numpy as np
import pytest
from PIL import Image

from iadbe.errors import DataError
from iadbe.layouts.mvtec_loco import index

TRUTH = "pushpins/ground_truth"


@pytest.fixture
def root(tmp_path, draw):
    draw("pushpins/train/good/000.png", "pushpins/validation/good/000.png")
    for kind in ("good", "logical_anomalies", "structural_anomalies"):
        draw(f"pushpins/test/{kind}/000.png")
    draw(f"{TRUTH}/structural_anomalies/000/000.png")
    for name, place in (("000", (0, 0)), ("001", (3, 2))):
        pixels = np.zeros((4, 4), dtype=np.uint8)
        pixels[place] = 250 + int(name)
        folder = tmp_path / TRUTH / "logical_anomalies/000"
        folder.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(folder / f"{name}.png")
    return tmp_path


@pytest.fixture
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


def test_official_shape(root, cache):
    frame = index(root, "pushpins", cache=cache).set_index("sample_id")
    assert frame[["split", "label", "defect_type"]].apply(tuple, axis=1).to_dict() == {
        "pushpins/test/good/000.png": ("test", 0, "good"),
        "pushpins/test/logical_anomalies/000.png": ("test", 1, "logical_anomalies"),
        "pushpins/test/structural_anomalies/000.png": ("test", 1, "structural_anomalies"),
        "pushpins/train/good/000.png": ("train", 0, "good"),
        "pushpins/validation/good/000.png": ("val", 0, "good"),
    }


def test_one_mask_is_used_as_it_is(root, cache):
    masks = index(root, "pushpins", cache=cache).set_index("sample_id")["mask_path"]
    expected = str(root / TRUTH / "structural_anomalies/000/000.png")
    assert masks["pushpins/test/structural_anomalies/000.png"] == expected
    assert masks.notna().sum() == 2


def test_several_masks_are_united_outside_the_dataset(root, cache):
    before = sorted(root.rglob("*"))
    masks = index(root, "pushpins", cache=cache).set_index("sample_id")["mask_path"]
    united = masks["pushpins/test/logical_anomalies/000.png"]
    with Image.open(united) as mask:
        marked = np.asarray(mask)
    assert set(np.unique(marked)) == {0, 255}
    assert np.argwhere(marked).tolist() == [[0, 0], [3, 2]]
    assert sorted(root.rglob("*")) == before
    assert [str(path) for path in cache.iterdir()] == [united]


def test_a_united_mask_is_drawn_once_and_again_where_a_mask_changed(root, cache):
    first = index(root, "pushpins", cache=cache)
    assert index(root, "pushpins", cache=cache).equals(first)
    assert len(list(cache.iterdir())) == 1
    Image.fromarray(np.full((4, 4), 9, dtype=np.uint8)).save(
        root / TRUTH / "logical_anomalies/000/001.png"
    )
    second = index(root, "pushpins", cache=cache)
    assert not second["mask_path"].equals(first["mask_path"])
    assert len(list(cache.iterdir())) == 2


def test_no_mask(root, cache):
    (root / TRUTH / "structural_anomalies/000/000.png").unlink()
    with pytest.raises(DataError, match=r"structural_anomalies/000: no masks for 000.png"):
        index(root, "pushpins", cache=cache)


def test_masks_without_an_image(root, cache, draw):
    draw(f"{TRUTH}/logical_anomalies/007/000.png")
    with pytest.raises(
        DataError, match=r"1 folders of masks without an image \(ground_truth/logical.*/007\)"
    ):
        index(root, "pushpins", cache=cache)


def test_masks_of_different_sizes(root, cache, draw):
    draw(f"{TRUTH}/logical_anomalies/000/002.png", size=5)
    with pytest.raises(DataError, match=r"002.png: of another size than"):
        index(root, "pushpins", cache=cache)


def test_a_mask_that_cannot_be_read(root, cache):
    (root / TRUTH / "logical_anomalies/000/001.png").write_bytes(b"no image")
    with pytest.raises(DataError, match=r"001.png: cannot be read"):
        index(root, "pushpins", cache=cache)


def test_a_cache_that_cannot_be_written(root, cache):
    (cache / "file").touch()
    with pytest.raises(DataError, match=r"file/below: cannot be written"):
        index(root, "pushpins", cache=cache / "file" / "below")


def test_a_mistyped_category(root, cache):
    with pytest.raises(DataError, match=r"Did you mean 'juice_bottle'"):
        index(root, "juice_botle", cache=cache)
