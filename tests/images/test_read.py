import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from iadbe.images.read import not_black, read_image, read_mask, refuse_unknown_range

RNG = np.random.default_rng(0)
PIXELS = RNG.integers(0, 256, (6, 6, 3), dtype=np.uint8)
GREY = PIXELS[..., 0]
ROTATE_90 = {"exif": Image.Exif()}
ROTATE_90["exif"][0x0112] = 6  # as phones write it: turn clockwise to see it upright


def sixteen_bit_rgb_png(values: np.ndarray) -> bytes:
    """Pillow cannot write one."""
    height, width, _ = values.shape
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    chunks = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0),
        b"IDAT": zlib.compress(rows),
        b"IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks.items()
    )


def test_colours_are_scaled_by_255(tmp_path: Path) -> None:
    Image.fromarray(PIXELS).save(tmp_path / "a.png")
    image = read_image(tmp_path / "a.png", 6)
    assert image.dtype == np.float32
    np.testing.assert_allclose(image, PIXELS / 255, atol=1e-6)


def test_grey_is_repeated(tmp_path: Path) -> None:
    Image.fromarray(GREY).save(tmp_path / "a.png")
    np.testing.assert_allclose(
        read_image(tmp_path / "a.png", 6), np.repeat(GREY[..., None] / 255, 3, axis=2), atol=1e-6
    )


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_alpha_is_dropped_not_blended(tmp_path: Path, mode: str) -> None:
    image = Image.fromarray(PIXELS).convert(mode)
    image.putalpha(Image.fromarray(GREY))  # half transparent everywhere, some fully
    image.save(tmp_path / "a.png")
    expected = np.asarray(Image.fromarray(PIXELS).convert(mode[:-1]).convert("RGB")) / 255
    np.testing.assert_allclose(read_image(tmp_path / "a.png", 6), expected, atol=1e-6)


def test_a_palette_is_looked_up(tmp_path: Path) -> None:
    few = np.array([[[250, 0, 0], [0, 250, 0]], [[0, 0, 250], [9, 8, 7]]], dtype=np.uint8)
    paletted = Image.fromarray(few).quantize(4)
    assert paletted.mode == "P"
    paletted.save(tmp_path / "a.png")
    np.testing.assert_allclose(read_image(tmp_path / "a.png", 2), few / 255, atol=1e-6)


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_sixteen_bits_are_scaled_not_clipped(tmp_path: Path, suffix: str) -> None:
    values = np.array([[0, 300], [32768, 65535]], dtype=np.uint16)
    Image.fromarray(values).save(tmp_path / f"a.{suffix}")
    image = read_image(tmp_path / f"a.{suffix}", 2)
    np.testing.assert_allclose(image[..., 0], values / 65535, atol=1e-6)
    assert (image[..., 0] == image[..., 2]).all()


def test_sixteen_bit_colours_are_scaled_not_clipped(tmp_path: Path) -> None:
    values = RNG.integers(0, 65536, (4, 4, 3)).astype(np.uint16)
    (tmp_path / "a.png").write_bytes(sixteen_bit_rgb_png(values))
    np.testing.assert_allclose(read_image(tmp_path / "a.png", 4), values / 65535, atol=1 / 255)


@pytest.mark.parametrize("depth", [np.uint8, np.uint16])
def test_images_and_masks_are_turned_upright_by_their_own_tag(tmp_path: Path, depth) -> None:
    stored = np.zeros((4, 4), dtype=depth)
    stored[0, 0] = np.iinfo(depth).max  # top left as stored is top right when turned clockwise
    Image.fromarray(stored).save(tmp_path / "tagged.png", **ROTATE_90)
    Image.fromarray(stored).save(tmp_path / "plain.png")
    assert read_image(tmp_path / "tagged.png", 4)[0, 3, 0] == 1
    assert np.argwhere(read_mask(tmp_path / "tagged.png", 4)).tolist() == [[0, 3]]
    assert np.argwhere(read_mask(tmp_path / "plain.png", 4)).tolist() == [[0, 0]]


def test_any_shape_becomes_a_square(tmp_path: Path) -> None:
    Image.fromarray(RNG.integers(0, 256, (50, 7, 3), dtype=np.uint8)).save(tmp_path / "a.jpg")
    image = read_image(tmp_path / "a.jpg", 32)
    assert image.shape == (32, 32, 3)
    assert image.min() >= 0
    assert image.max() <= 1


def defect(mode: str) -> Image.Image:
    """A faint grey defect in the left half of a black picture."""
    mask = np.zeros((4, 4), dtype=np.uint8)
    mask[:, :2] = 1
    if mode == "inverted palette":  # index 0 is the defect's colour, as quantizers may put it
        picture = Image.fromarray(1 - mask).convert("P")
        picture.putpalette([255, 255, 255, 0, 0, 0])
        return picture
    if mode == "I;16":
        return Image.fromarray(mask.astype(np.uint16))
    grey = Image.fromarray(mask * 255)
    return grey if mode == "L" else grey.convert(mode)


MODES = ["L", "1", "RGB", "RGBA", "LA", "P", "CMYK", "I;16", "inverted palette"]


@pytest.mark.parametrize("mode", MODES)
def test_a_mask_of_any_mode(mode: str, tmp_path: Path) -> None:
    suffix = "tif" if mode == "CMYK" else "png"
    defect(mode).save(tmp_path / f"mask.{suffix}")
    mask = read_mask(tmp_path / f"mask.{suffix}", 8)
    assert mask.dtype == bool
    assert mask[:, :4].all()
    assert not mask[:, 4:].any()


def test_the_faintest_colour_counts() -> None:
    assert not_black(Image.new("RGBA", (2, 2), (0, 0, 1, 255))).all()
    assert not not_black(Image.new("RGBA", (2, 2), (0, 0, 0, 255))).any()


@pytest.mark.parametrize("values", [[0.0, 0.5], [0, 65536], [-1, 5]])
def test_a_range_that_must_be_guessed_is_refused(values: list) -> None:
    array = np.array([values])
    kind = np.float32 if array.dtype.kind == "f" else np.int32
    with pytest.raises(ValueError, match="8 or 16 bits"):
        refuse_unknown_range(Image.fromarray(array.astype(kind)))
    refuse_unknown_range(Image.fromarray(np.array([[0, 65535]], dtype=np.int32)))
