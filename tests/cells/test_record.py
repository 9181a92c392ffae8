import hashlib
from types import SimpleNamespace

import pandas as pd
from pydantic import BaseModel

from iadbe.benchmark.cell import Cell
from iadbe.cells.fingerprint import category_digests
from iadbe.cells.record import data_record, weights_record
from iadbe.models.weights.requirement import Weights

CELL = Cell(
    dataset="demo",
    model="a",
    category="part",
    seed=0,
    plugin="toy",
    params={},
    image_size=64,
    threshold_quantile=0.95,
)
ROWS = [
    ("part", "train", 0),
    ("part", "train", 1),
    ("part", "val", 0),
    ("part", "test", 1),
    ("part", "test", 1),
    ("other", "train", 0),
]


class Params(BaseModel):
    """None."""


def samples():
    frame = pd.DataFrame(ROWS, columns=["category", "split", "label"])
    ids = [f"{row.category}/{place}" for place, row in enumerate(frame.itertuples())]
    return frame.assign(
        sample_id=ids, defect_type="x", boxes=None, sha256=ids, mask_sha256=None, image_path="/x"
    )


def test_the_images_of_the_category_are_counted_by_split_and_hashed():
    found = data_record(samples(), CELL)
    assert found == {
        "digest": category_digests(samples())["part"],
        "train": {"normal": 1, "anomalous": 1},
        "val": {"normal": 1, "anomalous": 0},
        "test": {"normal": 0, "anomalous": 2},
    }


def test_another_image_gives_another_digest_and_another_place_does_not():
    moved = samples().assign(image_path="/elsewhere")
    changed = samples().assign(sha256="other")
    digest = data_record(samples(), CELL)["digest"]
    assert data_record(moved, CELL)["digest"] == digest
    assert data_record(changed, CELL)["digest"] != digest


def test_weights_are_named_and_hashed(tmp_path):
    file = tmp_path / "some.pth"
    file.write_bytes(b"weights")
    known = Weights("local/some", "some.pth", "local", str(file))
    plugin = SimpleNamespace(weights=lambda params: [known])
    sha256 = hashlib.sha256(b"weights").hexdigest()
    assert weights_record(plugin, Params()) == [
        {"name": "local/some", "file": "some.pth", "sha256": sha256}
    ]


def test_files_that_a_plugin_lists_itself_are_named_by_file(tmp_path):
    file = tmp_path / "bank.bin"
    file.write_bytes(b"x")
    (found,) = weights_record(SimpleNamespace(files=lambda params: [file]), Params())
    assert found["name"] == "bank.bin"


def test_a_model_without_weights_has_none():
    assert weights_record(SimpleNamespace(), Params()) == []
