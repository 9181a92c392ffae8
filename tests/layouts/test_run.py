"""Drawn miniatures of official datasets, run by command from raw images to the leaderboard."""

import shutil

import numpy as np
import pandas as pd
import pytest
import yaml
from PIL import Image

from iadbe.metrics.overall import overall
from project import ROOT, Project

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


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The environment `iadbe` cut down to drawn images and the toy model."""
    folder = tmp_path_factory.mktemp("miniatures")
    for env in ("base", "iadbe"):
        shutil.copytree(ROOT / "conf" / env, folder / "conf" / env)
    shutil.copy(ROOT / "conf" / "logging.yml", folder / "conf")
    (folder / "conf" / "local").mkdir()
    project = Project(folder, benchmark="iadbe")
    project.configure("benchmark", "iadbe", models=["toy"], datasets=MINIATURES, image_size=SIZE)
    catalog = yaml.safe_load((folder / "conf/iadbe/catalog.yml").read_text())
    for dataset, draw in DRAWN.items():
        draw(Painter(folder / catalog[f"{dataset}.raw"]["filepath"]))
    project.run("--env", "iadbe")
    return project


@pytest.mark.slow
def test_every_category_is_scored(project):
    """In noise there is nothing to find: a result may be no better than guessing."""
    runs = project.runs()
    assert set(runs.index) == {
        f"{dataset}.toy.{category}.s0"
        for dataset, categories in MINIATURES.items()
        for category in categories
    }
    assert set(runs["status"]) <= {"done", "degenerate"}, runs["cause"]
    # On a handful of drawn images the toy may guess, or cover whole defects and much beside.
    told = runs["cause"].dropna().str.contains("than guessing|pixel AUROC")
    assert told.all(), runs["cause"].to_list()
    metrics = overall(project.report("metrics.parquet"))
    metrics = metrics.query("level == 'pixel' and metric == 'auroc'")
    assert len(metrics) == len(runs)
    assert metrics["value"].notna().all()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("dataset", "splits"),
    [
        ("btech", {"train": 16, "val": 4, "test": 12}),
        ("kolektor", {"train": 13, "val": 3, "test": 7}),
        ("mvtec_3d", {"train": 10, "val": 3, "test": 6}),
        ("visa", {"train": 8, "val": 2, "test": 6}),
    ],
)
def test_the_manifest_has_the_official_split_and_one_for_validation(project, dataset, splits):
    samples = pd.read_parquet(project.folder / f"data/02_intermediate/iadbe/{dataset}.parquet")
    assert samples["split"].value_counts().to_dict() == splits
    assert samples["depth_path"].notna().all() == (dataset == "mvtec_3d")


@pytest.mark.slow
def test_a_category_that_looks_like_a_number_can_be_selected(project):
    project.run("--env", "iadbe", "--params", "datasets=btech,categories=02")
