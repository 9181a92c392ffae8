from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest
from PIL import Image

from iadbe.errors import ConfigError, WeightsError
from iadbe.models.anomalib import AnomalibParams
from iadbe.models.anomalib.other_images import other_images


def _params(name: str = "Draem", **settings: Any) -> AnomalibParams:
    return AnomalibParams(name=name, **settings)


def test_a_model_that_wants_none_gets_none() -> None:
    with other_images(_params("Padim")) as folder:
        assert folder is None


@pytest.mark.parametrize("name", ["Draem", "EfficientAd", "Glass"])
def test_stand_ins_are_drawn_alike_and_removed(name: str) -> None:
    params = _params(name, weights="random")
    with other_images(params) as first, other_images(params) as second:
        assert first is not None
        assert second is not None
        files = sorted(first.rglob("*.png"))
        assert len(files) == 12
        for file in files:
            twin = second / file.relative_to(first)
            assert file.read_bytes() == twin.read_bytes()
        pixels = [np.asarray(Image.open(file), dtype=float) for file in files]
    assert min(image.std() for image in pixels) > 1
    assert all(image.shape == (128, 128, 3) for image in pixels)
    assert not first.exists()


def test_the_users_folder_is_taken(tmp_path: Path) -> None:
    with other_images(_params(args={"dtd_dir": str(tmp_path)})) as folder:
        assert folder == tmp_path


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    params = _params(args={"dtd_dir": str(tmp_path / "none")})
    with (
        pytest.raises(ConfigError, match=r"Draem: args\.dtd_dir is .*none, which is no folder"),
        other_images(params),
    ):
        pass


def test_the_published_archive_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IADBE_WEIGHTS", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with ZipFile(tmp_path / "dtd-r1.0.1.tar.gz", "w") as archive:
        archive.writestr("dtd/images/banded/1.jpg", b"pixels")
    with other_images(_params()) as folder:
        assert folder is not None
        assert [file.name for file in folder.rglob("*.jpg")] == ["1.jpg"]


def test_a_missing_archive_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IADBE_WEIGHTS", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("IADBE_OFFLINE", "1")
    with pytest.raises(WeightsError, match=r"put dtd-r1\.0\.1\.tar\.gz"), other_images(_params()):
        pass
