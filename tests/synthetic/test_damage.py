import numpy as np
import pytest
from PIL import Image

from iadbe.synthetic.damage import damage
from iadbe.synthetic.noise import perlin
from iadbe.synthetic.write import write_anomaly


def photo(seed: int, shape: tuple[int, int, int] = (60, 80, 3)) -> np.ndarray:
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]] / 20
    waves = 0.5 + 0.3 * np.sin(x + seed)[:, :, None] * np.cos(y)[:, :, None]
    noise = np.random.default_rng(seed).normal(0, 0.02, shape)
    return np.clip(waves + noise, 0, 1).astype(np.float32)


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("seed", range(15))
def test_the_mask_marks_what_has_changed_and_nothing_else(seed, channels) -> None:
    pixels = photo(seed, (60, 80, channels))
    before = pixels.copy()
    damaged, mask = damage(pixels, np.random.default_rng(seed))
    assert (pixels == before).all()
    assert damaged.shape == pixels.shape
    assert damaged.dtype == np.float32
    assert damaged.min() >= 0
    assert damaged.max() <= 1
    assert mask.shape == (60, 80)
    change = np.abs(damaged - pixels).max(axis=2)
    assert (change[~mask] == 0).all()
    assert 0.001 <= mask.mean() <= 0.3
    assert (change[mask] > 0.06).mean() >= 0.5


def test_it_is_seeded_and_takes_many_forms() -> None:
    pixels = photo(0)
    masks = [damage(pixels, np.random.default_rng(seed))[1] for seed in range(20)]
    again = [damage(pixels, np.random.default_rng(seed))[1] for seed in range(20)]
    assert all((one == two).all() for one, two in zip(masks, again, strict=True))
    assert len({mask.tobytes() for mask in masks}) == 20


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("shape", [(1, 1, 1), (3, 200, 3), (40, 40, 1)])
def test_images_of_one_colour_and_of_odd_shapes(value, shape) -> None:
    pixels = np.full(shape, value, np.float32)
    damaged, mask = damage(pixels, np.random.default_rng(1))
    assert mask.any()
    assert (np.abs(damaged - pixels).max(axis=2)[mask] > 0.06).mean() >= 0.5


def test_noise_is_smooth_and_vanishes_on_the_corners_of_the_grid() -> None:
    noise = perlin((64, 128), (4, 8), np.random.default_rng(0))
    assert noise.shape == (64, 128)
    assert np.abs(noise[::16, ::16]).max() == 0
    assert 0.3 < np.abs(noise).max() <= 1.001
    assert np.abs(np.diff(noise, axis=0)).max() < 0.3
    assert np.abs(np.diff(noise, axis=1)).max() < 0.3


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("L", "L"), ("RGB", "RGB"), ("RGBA", "RGB"), ("P", "RGB"), ("I;16", "I;16")],
)
def test_the_files_have_the_depth_of_the_photograph(tmp_path, mode, expected) -> None:
    pixels = (photo(3) * 255).astype(np.uint8)
    image = Image.fromarray(pixels)
    if mode == "I;16":
        image = Image.fromarray(pixels[:, :, 0].astype(np.uint16) * 257)
    else:
        image = image.convert(mode)
    image.save(tmp_path / "photo.png")
    made, mask = write_anomaly(tmp_path / "photo.png", tmp_path / "cache", "part/1")
    with Image.open(made) as damaged, Image.open(mask) as marked:
        assert damaged.mode == expected
        assert marked.mode == "L"
        assert damaged.size == marked.size == (80, 60)
        region = np.asarray(marked) > 0
        before = np.asarray(image if mode == "I;16" else image.convert(expected))
        assert (np.asarray(damaged)[~region] == before[~region]).all()


def test_a_photograph_that_lies_is_damaged_upright(tmp_path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray((photo(1) * 255).astype(np.uint8)).save(tmp_path / "photo.jpg", exif=exif)
    made, _ = write_anomaly(tmp_path / "photo.jpg", tmp_path / "cache", "part/1")
    with Image.open(made) as image:
        assert image.size == (60, 80)


def test_an_image_that_cannot_be_read_gives_none(tmp_path) -> None:
    (tmp_path / "photo.png").write_bytes(b"no image")
    assert write_anomaly(tmp_path / "photo.png", tmp_path / "cache", "part/1") is None
    assert not (tmp_path / "cache").exists()
