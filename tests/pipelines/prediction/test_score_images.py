import logging
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from iadbe.benchmark.cell import Cell
from iadbe.datasets.model import FittedModel
from iadbe.errors import ContractError, DataError
from iadbe.models.protocol import Prediction
from iadbe.pipelines.prediction.nodes import list_images, score_images

CELL = Cell(
    dataset="d",
    model="m",
    category="c",
    seed=0,
    plugin="p",
    params={},
    image_size=32,
    threshold_quantile=0.9,
)
FIT_SECONDS = 0.1 + 0.2


class Brightest:
    """Scores the brightest pixel; its map is the image."""

    def __init__(self, localizes: bool = True) -> None:
        self.localizes = localizes

    def predict(self, samples):
        for sample in samples:
            assert sample.label is None
            grey = sample.image.mean(axis=2)
            yield Prediction(sample.sample_id, grey.max(), grey if self.localizes else None)


def fitted(model: object) -> FittedModel:
    return FittedModel("p", model, {"cell": CELL.model_dump(), "fit_seconds": FIT_SECONDS})


def metrics(threshold: float | None = 0.5, fit_seconds: float = FIT_SECONDS) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "level": ["system", "image"],
            "metric": ["fit_seconds", "threshold"],
            "defect_type": None,
            "defect_size": None,
            "value": [fit_seconds, threshold],
            "reason": [None, "too few" if threshold is None else None],
        }
    )


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A dark and a bright photo of one name, and odd kinds of photos."""
    for name, image in {
        "left/one.png": Image.new("L", (90, 30), 30),
        "right/one.png": Image.new("RGB", (30, 90), (240, 240, 240)),
        "right/ONE.bmp": Image.new("P", (8, 8), 0),
        "clear.png": Image.new("RGBA", (16, 16), (200, 200, 200, 0)),
        "deep.tif": Image.fromarray(np.full((20, 40), 6554, dtype=np.uint16)),
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        image.save(tmp_path / name)
    return tmp_path


def test_the_most_anomalous_comes_first_with_its_decision(photos: Path) -> None:
    table, _ = score_images(fitted(Brightest()), list_images(str(photos)), metrics())
    found = table.assign(name=[Path(path).name for path in table["image_path"]]).set_index("name")
    assert table["image_score"].is_monotonic_decreasing
    assert found["decision"].to_dict() | {"one.png": 0} == {
        "clear.png": "anomalous",
        "one.png": 0,
        "deep.tif": "normal",
        "ONE.bmp": "normal",
    }
    assert found["image_score"]["deep.tif"] == pytest.approx(0.1, abs=1e-3)
    assert (table["threshold"] == 0.5).all()
    alarmed = table["image_score"] > 0.5
    assert (table["decision"] == np.where(alarmed, "anomalous", "normal")).all()


def test_a_score_at_the_threshold_is_normal(photos: Path) -> None:
    images = list_images(str(photos / "left/one.png"))
    (score,) = score_images(fitted(Brightest()), images, metrics())[0]["image_score"]
    table, _ = score_images(fitted(Brightest()), images, metrics(score))
    assert table["decision"].tolist() == ["normal"]


def test_every_photo_has_its_own_overlay_in_its_proportions(photos: Path) -> None:
    table, overlays = score_images(fitted(Brightest()), list_images(str(photos)), metrics())
    drawn = {name: draw() for name, draw in overlays.items()}
    assert len({name.casefold() for name in drawn}) == 5
    for path, name in zip(table["image_path"], table["overlay"], strict=True):
        picture = drawn[Path(name).stem]
        assert picture.mode == "RGB"
        with Image.open(path) as photo:
            assert picture.size == photo.size


def test_the_overlay_of_a_turned_photo_is_upright(tmp_path: Path) -> None:
    pixels = np.zeros((40, 80), dtype=np.uint8)
    pixels[:20] = 255  # the top as stored is the right when turned clockwise
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(pixels).save(tmp_path / "a.png", exif=exif)
    _, overlays = score_images(fitted(Brightest()), list_images(str(tmp_path)), metrics())
    picture = np.asarray(overlays["a"]().convert("L")).astype(int)
    assert picture.shape == (80, 40)
    assert picture[:, 30:].mean() > picture[:, :10].mean() + 100


def test_a_large_photo_gets_a_smaller_overlay(tmp_path: Path) -> None:
    Image.new("L", (3000, 1500), 99).save(tmp_path / "large.png")
    _, overlays = score_images(fitted(Brightest()), list_images(str(tmp_path)), metrics())
    assert overlays["large"]().size == (1024, 512)


def test_a_model_without_maps_gives_scores_and_no_overlays(photos: Path) -> None:
    table, overlays = score_images(fitted(Brightest(False)), list_images(str(photos)), metrics())
    assert len(table) == 5
    assert overlays == {}
    assert table["overlay"].isna().all()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (metrics()[:0], "is not evaluated; run `kedro run --pipelines evaluation`"),
        (metrics(fit_seconds=9.0), "was trained again since"),
        (metrics(None), "too few"),
    ],
)
def test_no_decision_on_a_threshold_that_is_not_this_models(
    photos: Path, given: pd.DataFrame, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        table, _ = score_images(fitted(Brightest()), list_images(str(photos)), given)
    assert table[["threshold", "decision"]].isna().all(axis=None)
    assert table["image_score"].notna().all()
    assert reason in caplog.text


def test_a_photo_that_cannot_be_read_is_named(photos: Path) -> None:
    (photos / "right/broken.jpg").write_bytes(b"\xff\xd8 no more")
    with pytest.raises(DataError, match=r"1 file cannot be read.*right/broken\.jpg: not an image"):
        list_images(str(photos))


def test_the_model_is_held_to_the_contract(photos: Path) -> None:
    class Lazy(Brightest):
        def predict(self, samples):
            return super().predict(samples[:2])

    with pytest.raises(ContractError, match="2 predictions for 5 samples"):
        score_images(fitted(Lazy()), list_images(str(photos)), metrics())
