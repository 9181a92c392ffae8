"""The default detector at a small size with random weights, and drawn images.

Not a MobileNet: signals die out in one with random weights, and all its regions look alike.
"""

import pytest

from iadbe.samples import Samples
from iadbe.testing.drawn import draw_dataset

SMALL = {
    "weights": "random",
    "detector_size": 64,
    "min_box_size": 4,
    "max_detections_per_image": 10,
    "n_pca_components": 4,
}


@pytest.fixture(scope="session")
def drawn(tmp_path_factory):
    """The manifest of drawn images of 64 pixels."""
    return draw_dataset(tmp_path_factory.mktemp("drawn"), 64)


@pytest.fixture
def train(drawn):
    return Samples(drawn[(drawn["split"] == "train") & (drawn["label"] == 0)], 64)[:8]


@pytest.fixture
def test_samples(drawn):
    return Samples(drawn[drawn["split"] == "test"], 64)


@pytest.fixture
def small():
    return dict(SMALL)
