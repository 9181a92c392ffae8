"""Drawn images, and models that tell how they were asked."""

import time
from pathlib import Path

import numpy as np
import pytest

from iadbe.models.protocol import Prediction
from iadbe.samples import Samples
from iadbe.testing.drawn import draw_dataset

SIZE = 32


class Asked:
    """Scores brightness and notes the number of samples of each call."""

    def __init__(self, seconds=0.0):
        self.seconds = seconds
        self.calls = []

    def predict(self, samples):
        self.calls.append(len(samples))
        for sample in samples:
            time.sleep(self.seconds)
            yield Prediction(sample.sample_id, float(sample.image.mean()))


class InBatches(Asked):
    """Has the optional members, and notes the sizes of its batches."""

    def __init__(self):
        super().__init__()
        self.batch_size = 5
        self.batches = []

    def predict(self, samples):
        for start in range(0, len(samples), self.batch_size):
            images = [sample.image for sample in samples[start : start + self.batch_size]]
            self.batches.append(len(images))
            for sample, image in zip(samples[start:], images, strict=False):
                yield Prediction(sample.sample_id, float(np.mean(image)))

    def parameter_count(self):
        return 12


@pytest.fixture(scope="module")
def samples(tmp_path_factory) -> Samples:
    """Eight unlabelled test samples."""
    folder: Path = tmp_path_factory.mktemp("drawn")
    frame = draw_dataset(folder, SIZE)
    return Samples(frame[frame["split"] == "test"], SIZE)
