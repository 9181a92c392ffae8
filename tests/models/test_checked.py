from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from iadbe.errors import ContractError
from iadbe.models.checked import checked_predictions
from iadbe.models.protocol import Prediction
from iadbe.samples import Samples

NONE = np.zeros((0, 5), np.float32)
ONE = np.array([[0.0, 0.25, 1.0, 0.5, 7.0]], np.float32)


class Boxer:
    localizes = False

    def __init__(self, *boxes):
        self.boxes = boxes

    def predict(self, samples):
        for sample, boxes in zip(samples, self.boxes, strict=True):
            yield Prediction(sample.sample_id, 0.5, boxes=boxes)


def check(*boxes):
    names = [f"s{n}" for n in range(len(boxes))]
    frame = pd.DataFrame({"sample_id": names, "image_path": str(Path("a.png"))})
    return list(checked_predictions(Boxer(*boxes), Samples(frame, 8)))


def test_boxes_for_every_sample_or_for_none_pass():
    assert [p.boxes is None for p in check(None, None)] == [True, True]
    assert [len(p.boxes) for p in check(NONE, ONE, NONE)] == [0, 1, 0]


@pytest.mark.parametrize("boxes", [(None, NONE), (ONE, None)])
def test_boxes_for_some_samples_are_refused(boxes):
    with pytest.raises(ContractError, match="s1: the model gives boxes for some samples only"):
        check(*boxes)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([0, 0, 1, 1], r"shape \(1, 4\), not \(n, 5\)"),
        ([0, 0, 1, 64, 0.5], "shares in"),
        ([-0.1, 0, 1, 1, 0.5], "shares in"),
        ([0, 0, 1, 1, np.nan], "finite"),
        ([0.5, 0, 0.25, 1, 0.5], "ends before it starts"),
    ],
)
def test_what_is_no_box_is_refused(row, message):
    with pytest.raises(ContractError, match=message):
        check(np.array([row], np.float32))
