"""Drawn miniatures of official datasets: images of noise, and masks of a square."""

from __future__ import annotations

import numpy as np
from PIL import Image

SIZE = 32
MINIATURES = {
    "btech": ["01", "02"],
    "kolektor": ["kolektor"],
    "mvtec_3d": ["bagel"],
    "visa": ["candle"],
}


class Painter:
    """Draws images of noise, no two alike, and masks of a square."""

    def __init__(self, root):
        self.root, self.noise = root, np.random.default_rng(0)

    def images(self, pattern, number):
        for place in range(number):
            self._save(pattern.format(place), self.noise.integers(0, 255, (SIZE, SIZE, 3)))

    def masks(self, pattern, number, value=255):
        mask = np.zeros((SIZE, SIZE))
        mask[4:12, 4:12] = value
        for place in range(number):
            self._save(pattern.format(place), mask)

    def _save(self, name, pixels):
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels.astype(np.uint8)).save(self.root / name)


def draw_btech(paint):
    for category in MINIATURES["btech"]:
        paint.images(f"{category}/train/ok/{{:04}}.bmp", 10)
        paint.images(f"{category}/test/ok/{{:04}}.bmp", 3)
        paint.images(f"{category}/test/ko/{{:04}}.bmp", 3)
        paint.masks(f"{category}/ground_truth/ko/{{:04}}.png", 3)


def draw_kolektor(paint):
    paint.images("kos{:02}/Part0.jpg", 20)
    paint.masks("kos{:02}/Part0_label.bmp", 20, value=0)
    paint.images("kos{:02}/Part1.jpg", 3)
    paint.masks("kos{:02}/Part1_label.bmp", 3)


def draw_mvtec_3d(paint):
    for kind, number in {"train/good": 10, "validation/good": 3, "test/good": 3}.items():
        paint.images(f"bagel/{kind}/rgb/{{:03}}.png", number)
        paint.images(f"bagel/{kind}/xyz/{{:03}}.tiff", number)
    paint.masks("bagel/test/good/gt/{:03}.png", 3, value=0)
    for part in ("rgb/{:03}.png", "xyz/{:03}.tiff"):
        paint.images(f"bagel/test/combined/{part}", 3)
    paint.masks("bagel/test/combined/gt/{:03}.png", 3)


def draw_visa(paint):
    images = "candle/Data/Images"
    paint.images(f"{images}/Normal/{{:04}}.JPG", 13)
    paint.images(f"{images}/Anomaly/{{:03}}.JPG", 3)
    paint.masks("candle/Data/Masks/Anomaly/{:03}.png", 3, value=2)
    normal = [
        f"candle,{'train' if place < 10 else 'test'},normal,{images}/Normal/{place:04}.JPG,"
        for place in range(13)
    ]
    anomalous = [
        f"candle,test,anomaly,{images}/Anomaly/{place:03}.JPG,candle/Data/Masks/Anomaly/{place:03}.png"
        for place in range(3)
    ]
    (paint.root / "split_csv").mkdir()
    header = "object,split,label,image,mask"
    (paint.root / "split_csv/1cls.csv").write_text("\n".join([header, *normal, *anomalous]))


DRAWN = {
    "btech": draw_btech,
    "kolektor": draw_kolektor,
    "mvtec_3d": draw_mvtec_3d,
    "visa": draw_visa,
}
