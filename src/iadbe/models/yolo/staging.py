"""Training samples as the folder of images that Ultralytics reads: a copy, never the user's own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from iadbe.errors import DataError
from iadbe.models.yolo.architectures import Task
from iadbe.models.yolo.labels import label_lines
from iadbe.samples import Sample, Samples


def stage(samples: Samples, folder: Path, task: Task, *, balance: bool) -> None:
    """Write the samples so that the task's trainer finds them.

    Args:
        samples: Labelled training samples, at the size of the network's input.
        folder: An existing empty folder.
        task: What is trained.
        balance: Whether to show images with defects as often as there are images without.

    Raises:
        DataError: If the samples do not show what the task needs.
    """
    stage_task = stage_classes if task == "classify" else stage_places
    stage_task(samples, folder, task, balance=balance)


def stage_places(samples: Samples, folder: Path, task: Task, *, balance: bool) -> None:
    """Write `images/<n>.png`, `labels/<n>.txt` and `train.txt`, the list of an epoch's images.

    Normal samples are backgrounds. Anomalous ones that do not show where their defect is are left
    out. Arguments and errors as for `stage`.
    """
    for name in ("images", "labels"):
        (folder / name).mkdir()
    normal: list[str] = []
    anomalous: list[str] = []
    for n, sample in enumerate(samples):
        lines = label_lines(sample, task) if sample.label else []
        if sample.label and not lines:
            continue  # a defect without a place would be taught as background
        image = folder / "images" / f"{n:06d}.png"
        _write_image(sample, image)
        (folder / "labels" / f"{n:06d}.txt").write_text("".join(lines), encoding="utf-8")
        (anomalous if lines else normal).append(str(image))
    if not anomalous:
        raise DataError(
            f"yolo: none of the {len(samples)} training samples shows a defect in a box or mask.\n"
            "A supervised model needs labelled anomalous samples in the split 'train'."
        )
    listed = normal + anomalous * _repeats(len(normal), len(anomalous), balance=balance)
    (folder / "train.txt").write_text("\n".join(listed), encoding="utf-8")


def stage_classes(samples: Samples, folder: Path, _task: Task, *, balance: bool) -> None:
    """Write `train/{good,defect}/<n>.png`; arguments and errors as for `stage`."""
    good, defect = folder / "train" / "good", folder / "train" / "defect"
    good.mkdir(parents=True)
    defect.mkdir()
    counts = {0: 0, 1: 0}
    for n, sample in enumerate(samples):
        label = int(bool(sample.label))
        counts[label] += 1
        _write_image(sample, (defect if label else good) / f"{n:06d}.png")
    if not all(counts.values()):
        raise DataError(
            f"yolo: of the {len(samples)} training samples {counts[0]} are normal and {counts[1]} "
            "anomalous.\nTo classify it needs both, labelled, in the split 'train'."
        )
    for again in range(1, _repeats(counts[0], counts[1], balance=balance)):
        for image in sorted(defect.glob("??????.png")):
            image.with_name(f"{image.stem}-{again}.png").hardlink_to(image)


def _repeats(normal: int, anomalous: int, *, balance: bool) -> int:
    return max(1, round(normal / anomalous)) if balance else 1


def _write_image(sample: Sample, path: Path) -> None:
    pixels = np.round(sample.image * 255).clip(0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(path, compress_level=1)
