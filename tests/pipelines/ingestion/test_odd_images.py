"""A whole run on images as cameras and people really leave them, in a folder with a real name."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from iadbe.metrics.overall import overall
from project import new_project


def rewrite(file: Path, convert) -> None:
    with Image.open(file) as image:
        image.load()
    convert(image, file)


def as_mode(mode: str):
    return lambda image, file: image.convert(mode).save(file)


def as_sixteen_bit(image: Image.Image, file: Path) -> None:
    Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257).save(file)


def as_turned(image: Image.Image, file: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image.rotate(90, expand=True).save(file, exif=exif)


def as_size(size: tuple[int, int]):
    return lambda image, file: image.resize(size).save(file)


ODD = [as_mode("L"), as_mode("RGBA"), as_mode("P"), as_sixteen_bit, as_turned, as_size((50, 90))]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Odd images in fabric; part has no masks; nothing is held out for validation."""
    folder = tmp_path_factory.mktemp("odd") / "Prüfstand 测试 é"
    folder.mkdir()
    project = new_project(folder, a={})
    project.configure(
        models=["a"],
        datasets={"demo": ["fabric", "part"]},
        seeds=[0],
        image_size=64,
        validation=0,
    )
    fabric = folder / "raw/fabric"
    for kind in ("train/good", "test/good"):
        for file, odd in zip(sorted((fabric / kind).glob("*.png")), ODD, strict=False):
            rewrite(file, odd)
    (fabric / "train/good/000.png").rename(fabric / "train/good/größe 00 é.png")
    defect = next(path for path in (fabric / "test").iterdir() if path.name != "good")
    file = sorted(defect.glob("*.png"))[0]
    mask = fabric / f"ground_truth/{defect.name}/{file.stem}_mask.png"
    rewrite(file, as_size((50, 90)))
    rewrite(mask, lambda image, path: image.resize((50, 90)).convert("RGBA").save(path))
    for path in sorted((folder / "raw/part/ground_truth").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (folder / "raw/part/ground_truth").rmdir()
    project.output = project.run()
    return project


def values(project, category: str) -> pd.DataFrame:
    metrics = overall(project.report("metrics.parquet"))
    return metrics[metrics["category"] == category].set_index(["level", "metric"])


def test_the_run_is_done(project) -> None:
    assert (project.runs()["status"] == "done").all()
    assert "größe 00 é" in pd.read_parquet(
        project.folder / "data/02_intermediate/demo/demo.parquet"
    )["sample_id"].str.cat(sep=" ")


def test_mixed_sizes_and_kinds_are_measured(project) -> None:
    fabric = values(project, "fabric")["value"]
    assert fabric[["image", "pixel"]].loc[:, "auroc"].between(0, 1).all()
    assert 0 <= fabric["region", "aupro"] <= 1


def test_without_masks_the_image_level_is_measured(project) -> None:
    part = values(project, "part")
    assert pd.notna(part.loc[("image", "auroc"), "value"])
    assert pd.isna(part.loc[("pixel", "auroc"), "value"])
    assert "no mask" in part.loc[("pixel", "auroc"), "reason"]


def test_without_validation_the_threshold_is_null_and_says_why(project) -> None:
    for category in ("fabric", "part"):
        for metric in ("threshold", "false_alarm_rate", "miss_rate"):
            row = values(project, category).loc[("image", metric)]
            assert pd.isna(row["value"])
            assert "no normal validation sample" in row["reason"]


def test_prediction_then_scores_without_deciding(project) -> None:
    photos = "raw/fabric/train/good/größe 00 é.png"
    output = project.run(
        "--pipelines", "prediction", "--params", f"cell=demo.a.fabric.s0,images={photos}"
    )
    assert "No decisions, scores only: no normal validation sample" in " ".join(output.split())
    table = pd.read_csv(
        project.folder / "data/08_reporting/demo/predictions/demo.a.fabric.s0/scores.csv"
    )
    assert table["image_score"].notna().all()
    assert table[["threshold", "decision"]].isna().all(axis=None)
    assert table["image_path"][0].endswith("Prüfstand 测试 é/" + photos)
