from pathlib import Path

import numpy as np
import pytest
from kedro.io import DatasetError
from PIL import Image

from iadbe.datasets.raw_images import RawImagesDataset
from iadbe.errors import ConfigError, DataError, DownloadError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for n in range(6):
        file = tmp_path / f"raw/ok/{n}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.full((8, 8), 40 * n, np.uint8)).save(file)
    return tmp_path / "raw"


def raw(root: Path, **options):
    return RawImagesDataset(filepath=str(root), layout="folder", options=options).load()


def test_options_reach_the_layout(root, tmp_path) -> None:
    files = raw(root, normal_dir="ok", test_share=0.5).index(["part"], tmp_path / "made")
    assert files.groupby(["split", "synthetic"]).size().to_dict() == {
        ("train", False): 3,
        ("test", False): 3,
        ("test", True): 3,
    }
    assert len(list((tmp_path / "made").rglob("*.png"))) == 6


def test_a_mistyped_option(root) -> None:
    with pytest.raises(ConfigError, match=r"no option 'normal'. Did you mean 'normal_dir'\?"):
        raw(root, normal="ok").index(["part"])


def test_two_categories_that_are_the_same_images(root, tmp_path) -> None:
    with pytest.raises(ConfigError, match=r"the images of a and b are the same, e.g. 'ok/0.png'"):
        raw(root, normal_dir="ok").index(["a", "b"], tmp_path / "made")


@pytest.mark.parametrize("value", [-1, "3", 1.5, True])
def test_labelled_defects_is_a_count(root, value) -> None:
    with pytest.raises(ConfigError, match=r"option 'labelled_defects': .* is no count of images"):
        raw(root, labelled_defects=value)


def test_it_describes_itself(root) -> None:
    dataset = RawImagesDataset(filepath=str(root), layout="folder", options={"normal_dir": "ok"})
    assert str(root) in repr(dataset)
    assert "normal_dir" in repr(dataset)
    assert dataset.exists()


def test_a_folder_for_made_files_that_cannot_be_written(root, tmp_path) -> None:
    (tmp_path / "made").write_text("a file")
    with pytest.raises(DataError, match=r"made.*: .*Make it readable, or .*made writable") as error:
        raw(root, normal_dir="ok").index(["part"], tmp_path / "made")
    assert "\n" not in str(error.value)


def test_an_official_dataset_is_downloaded_only_when_asked_for_and_not_there(tmp_path, monkeypatch):
    monkeypatch.setenv("IADBE_OFFLINE", "1")
    absent = str(tmp_path / "MVTecAD")
    assert RawImagesDataset(filepath=absent, layout="mvtec_ad").load().root == Path(absent)
    asked = RawImagesDataset(filepath=absent, layout="mvtec_ad", download=True)
    with pytest.raises(DatasetError, match="IADBE_OFFLINE") as caught:
        asked.load()
    assert isinstance(caught.value.__cause__, DownloadError)
    (tmp_path / "MVTecAD/bottle").mkdir(parents=True)
    assert asked.load().root == Path(absent)
