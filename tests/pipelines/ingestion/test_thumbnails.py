"""Which images of a dataset get a thumbnail, and what it shows."""

import numpy as np
import pandas as pd
from PIL import Image

from iadbe.pipelines.ingestion.thumbnails import TRAINING, draw_thumbnails, shown_samples
from iadbe.schemas import OPTIONAL_SAMPLE_COLUMNS, SamplesSchema, ThumbnailsSchema


def manifest(folder, counts):
    rows = []
    for split, label, kind, count in counts:
        for place in range(count):
            path = folder / f"{split}_{kind}_{place}.png"
            Image.fromarray(np.full((20, 30, 3), 10 * place, np.uint8)).save(path)
            mask = folder / f"{kind}_mask.png" if label else None
            if mask and not mask.exists():
                Image.fromarray(np.full((20, 30), 255, np.uint8)).save(mask)
            rows.append({"sample_id": path.name, "dataset": "d", "category": "c", "split": split,
                         "label": label, "defect_type": kind, "image_path": str(path),
                         "mask_path": str(mask) if mask else None, "boxes": None, "height": 20,
                         "width": 30, "sha256": "", "mask_sha256": None,
                         **OPTIONAL_SAMPLE_COLUMNS})  # fmt: skip
    return SamplesSchema.validate(pd.DataFrame(rows))


COUNTS = [("train", 0, "good", 9), ("val", 0, "good", 2), ("test", 0, "good", 5),
          ("test", 1, "hole", 3), ("test", 1, "dent", 1)]  # fmt: skip


def test_each_type_has_its_share_the_same_in_every_run(tmp_path):
    samples = manifest(tmp_path, COUNTS)
    shown = shown_samples(samples, per_type=2)
    kinds = shown.groupby(["split", "defect_type"]).size().to_dict()
    test = {("test", "good"): 2, ("test", "hole"): 2, ("test", "dent"): 1}
    assert kinds == {("train", "good"): TRAINING, **test}
    shuffled = samples.sample(frac=1, random_state=0)
    again = shown_samples(shuffled.sort_values("sample_id", ignore_index=True), per_type=2)
    in_order = shown_samples(samples.sort_values("sample_id", ignore_index=True), per_type=2)
    assert set(again["sample_id"]) == set(in_order["sample_id"])


def test_they_are_squares_with_the_mask_of_anomalous_ones(tmp_path):
    table = ThumbnailsSchema.validate(draw_thumbnails(manifest(tmp_path, COUNTS), 16, 8))
    assert len(table) == TRAINING + 5 + 3 + 1
    assert (table["mask"].notna() == (table["label"] == 1)).all()
