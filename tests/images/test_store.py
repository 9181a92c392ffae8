"""What the store gives is, bit for bit, what decoding gives."""

from __future__ import annotations

import hashlib
import multiprocessing as mp
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from iadbe.images.read import read_image
from iadbe.images.store import ImageStore
from iadbe.samples import Samples

SIZE = 48


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def images(tmp_path_factory):
    """One image of every kind that ingestion lets through."""
    folder = tmp_path_factory.mktemp("images")
    rng = np.random.default_rng(0)
    rgb = rng.integers(0, 256, (70, 90, 3), dtype=np.uint8)
    Image.fromarray(rgb).save(folder / "rgb.png")
    Image.fromarray(rgb).save(folder / "rgb.jpg")
    Image.fromarray(rgb[..., 0]).save(folder / "grey.png")
    Image.fromarray(rgb[..., 0] > 99).save(folder / "bits.png")
    Image.fromarray(np.dstack([rgb, rgb[..., :1]])).save(folder / "alpha.png")
    Image.fromarray(rgb).convert("CMYK").save(folder / "cmyk.tif")
    Image.fromarray(rng.integers(0, 65536, (70, 90), dtype=np.uint16)).save(folder / "deep.png")
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.fromarray(rgb).save(folder / "turned.jpg", exif=turned)
    return sorted(folder.iterdir())


def test_the_first_and_every_later_reading_is_that_of_the_file(images, tmp_path):
    for path in images:
        expected = read_image(path, SIZE)
        for _ in range(2):
            got = ImageStore(tmp_path).read(path, SIZE, digest(path))
            assert got.dtype == np.float32
            assert np.array_equal(got, expected), path.name


def test_the_second_reading_needs_no_file(images, tmp_path):
    store = ImageStore(tmp_path)
    first = store.read(images[0], SIZE, digest(images[0]))
    assert np.array_equal(store.read(Path("gone.png"), SIZE, digest(images[0])), first)


def test_what_a_model_does_to_an_image_stays_with_it(images, tmp_path):
    store, path = ImageStore(tmp_path), images[0]
    first = store.read(path, SIZE, digest(path))
    expected = first.copy()
    first[:] = 0
    assert np.array_equal(store.read(path, SIZE, digest(path)), expected)


@pytest.mark.parametrize("damage", [b"", b"\x93NUMPY\x01\x00v\x00{'descr'", b"nonsense" * 9])
def test_a_damaged_entry_is_made_anew(images, tmp_path, damage):
    store, path = ImageStore(tmp_path), images[0]
    expected = store.read(path, SIZE, digest(path))
    [entry] = tmp_path.rglob("*.npy")
    entry.write_bytes(damage)
    assert np.array_equal(store.read(path, SIZE, digest(path)), expected)
    assert np.array_equal(np.load(entry), (expected * 255).round().astype(np.uint8))


def test_a_store_that_cannot_be_written_is_no_error(images, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    path = images[0]
    got = ImageStore(blocked).read(path, SIZE, digest(path))
    assert np.array_equal(got, read_image(path, SIZE))


def test_it_stays_within_its_size_and_drops_what_was_not_used_for_longest(images, tmp_path):
    store = ImageStore(tmp_path)
    for path in images:
        store.read(path, SIZE, digest(path))
    entries = sorted(tmp_path.rglob("*.npy"))
    for age, entry in enumerate(entries):
        os.utime(entry, (1e9 - age, 1e9 - age))
    keep = sum(entry.stat().st_size for entry in entries[:3])
    ImageStore(tmp_path, max_gb=keep / 1e9).sweep()
    left = sorted(tmp_path.rglob("*.npy"))
    assert left == entries[:3]


def _read_all(arguments):
    folder, paths = arguments
    return [ImageStore(folder).read(p, SIZE, digest(p)).tobytes() for p in paths]


def test_several_processes_may_fill_it_at_once(images, tmp_path):
    with mp.get_context("spawn").Pool(3) as pool:
        results = pool.map(_read_all, [(tmp_path, images)] * 6)
    expected = [read_image(path, SIZE).tobytes() for path in images]
    assert all(result == expected for result in results)
    assert not list(tmp_path.rglob("*.partial"))


def test_samples_read_through_it_at_any_size(images, tmp_path):
    rows = [
        {"sample_id": path.name, "image_path": str(path), "sha256": digest(path)} for path in images
    ]
    samples = Samples(pd.DataFrame(rows), SIZE, store=ImageStore(tmp_path))
    for sample in samples.at(32)[1:]:
        assert np.array_equal(sample.image, read_image(sample.image_path, 32))
    assert len(list(tmp_path.rglob("32/*/*.npy"))) == len(images) - 1
