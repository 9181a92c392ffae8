"""From a trained classifier's logits to a raw image score."""

from __future__ import annotations

import torch

from iadbe.models.yolo.detection import Answer, Array, run


@torch.inference_mode()
def classify(model: torch.nn.Module, images: Array, _edge: int, _conf: float) -> list[Answer]:
    """How much larger the logit of "defect" is than that of "good".

    It orders images as the probability of a defect does, its logistic function, but does not round
    to 0 or 1, so that confident images do not tie.

    Args:
        model: A classifier of the classes "good" and "defect", in evaluation mode.
        images: RGB, float32 in [0, 1], shape (n, size, size, 3), at the size of the input.
    """
    logits = run(model, images)[1].double().tolist()
    return [Answer(defect - good) for good, defect in logits]
