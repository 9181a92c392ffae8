import io
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from iadbe.errors import ConfigError, DataError
from iadbe.layouts.huggingface import index

from .own_images import files_of


def encoded(seed: int, form: str = "PNG", black: bool = False) -> bytes:
    pixels = np.random.default_rng(seed).integers(1, 255, (12, 16), np.uint8) * (not black)
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, format=form)
    return stream.getvalue()


def table(file: Path, labels: list, names: list[str] | None = None, first: int = 0, **more) -> None:
    """As `datasets.Dataset.to_parquet` writes it: a struct of bytes and path, names in metadata."""
    file.parent.mkdir(parents=True, exist_ok=True)
    images = [{"bytes": encoded(first + n), "path": f"{n}.png"} for n in range(len(labels))]
    columns = pa.table({"image": images, "label": labels, **more})
    if names:
        features = {"image": {"_type": "Image"}, "label": {"names": names, "_type": "ClassLabel"}}
        about = json.dumps({"info": {"features": features}})
        columns = columns.replace_schema_metadata({"huggingface": about})
    pq.write_table(columns, file, row_group_size=3)


def read(root: Path, **options):
    return index(root, "part", cache=root.parent / "cache", **options).set_index("sample_id")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "raw"
    names = ["crack", "good", "dent"]
    table(root / "data/train-00000-of-00002.parquet", [1] * 5, names)
    table(root / "data/train-00001-of-00002.parquet", [1] * 4, names, first=5)
    table(root / "data/test-00000-of-00001.parquet", [1, 0, 2, 1], names, first=9)
    return root


def test_class_names_and_splits(root) -> None:
    frame = read(root)
    assert frame.groupby(["split", "defect_type"]).size().to_dict() == {
        ("test", "crack"): 1,
        ("test", "dent"): 1,
        ("test", "good"): 2,
        ("train", "good"): 9,
    }
    place = frame.loc["data/test-00000-of-00001/000001", "image_path"]
    assert Path(place).read_bytes() == encoded(10)
    assert Path(place).suffix == ".png"


def test_images_are_written_once_into_the_cache(root, tmp_path) -> None:
    before = files_of(root)
    frame = read(root)
    times = files_of(tmp_path / "cache")
    assert len(times) == 13
    assert read(root).equals(frame)
    assert files_of(tmp_path / "cache") == times
    assert files_of(root) == before


def test_labels_as_words_masks_groups_and_other_names(tmp_path) -> None:
    masks = [None, {"bytes": encoded(1), "path": None}, {"bytes": encoded(2), "path": None}, None]
    file = tmp_path / "raw/all.parquet"
    table(file, ["fein", "kratzer", "good", "fein"], mask=masks, part=[1, 2, 3, 4])
    frame = read(tmp_path / "raw", normal="fein", mask="mask", group="part", test_share=0.5)
    assert frame["defect_type"].tolist() == ["good", "kratzer", "good_label", "good"]
    assert frame["group"].tolist() == ["1", "2", "3", "4"]
    assert frame["mask_path"].notna().tolist() == [False, True, True, False]
    assert sorted(frame["split"]) == ["test", "test", "test", "train"]


def test_bytes_without_a_name_get_a_suffix(tmp_path) -> None:
    file = tmp_path / "raw/x.parquet"
    file.parent.mkdir()
    images = [encoded(n, "JPEG") for n in range(6)]
    pq.write_table(pa.table({"photo": images, "label": [0] * 6}), file)
    frame = read(tmp_path / "raw", image="photo")
    assert set(frame.loc[~frame["synthetic"], "image_path"].str[-5:]) == {".jpeg"}
    assert frame["synthetic"].sum() == 1


@pytest.mark.parametrize(
    ("options", "kind", "words"),
    [
        ({"image": "imgae"}, ConfigError, r"no column 'imgae'. Did you mean 'image'\?"),
        ({"label": "class"}, ConfigError, "no column 'class'. .*option `label`; there are: image"),
        ({"normal": "fine"}, ConfigError, "no image has the label fine. .*there are: crack, dent"),
        ({"image": "label"}, DataError, "column 'label' holds no image. Name the column"),
    ],
)
def test_options_that_do_not_fit(root, options, kind, words) -> None:
    with pytest.raises(kind, match=words) as error:
        read(root, **options)
    assert str(root) in str(error.value)
    assert "\n" not in str(error.value)


def test_no_table_a_broken_one_and_empty_cells(root, tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match=r"empty: no Parquet file in it or below. For image files"):
        read(tmp_path / "empty")
    (root / "data/broken.parquet").write_bytes(b"PAR1 and nothing")
    with pytest.raises(DataError, match=r"broken.parquet: cannot be read as Parquet"):
        read(root)
    table(root / "data/broken.parquet", [1, None])
    with pytest.raises(DataError, match=r"row 1 has no 'label'. Remove it"):
        read(root)


def test_the_split_does_not_depend_on_where_the_cache_lies(tmp_path) -> None:
    table(tmp_path / "raw/all.parquet", [1] * 12 + [0], ["crack", "good"])

    def tested(cache: str) -> list[str]:
        frame = index(tmp_path / "raw", "part", cache=tmp_path / cache)
        return frame.loc[frame["split"] == "test", "sample_id"].tolist()

    assert tested("a") == tested("another/place")
