"""How well raw image scores tell anomalous from normal samples."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from iadbe.metrics.measure import Measure

Labels = npt.NDArray[np.int8]
Scores = npt.NDArray[np.float64]


def image_measures(labels: Labels, scores: Scores) -> list[Measure]:
    """AUROC, average precision, F1-max and FPR at 95 % TPR; null when a class is missing."""
    reason = undefined(labels)
    return [
        Measure(
            "image", name, None if reason else metric(labels, scores), len(labels), reason, leak
        )
        for name, metric, leak in (
            ("auroc", auroc, "none"),
            ("average_precision", average_precision, "none"),
            ("f1_max", f1_max, "threshold"),
            ("fpr_at_95_tpr", fpr_at_95_tpr, "none"),
        )
    ]


def undefined(labels: Labels) -> str | None:
    """Why ranking metrics have no value for these labels, or None if they have one."""
    for label, name in ((0, "normal"), (1, "anomalous")):
        if not np.any(labels == label):
            return f"no {name} test sample"
    return None


def auroc(labels: Labels, scores: Scores) -> float:
    """Probability that an anomalous sample scores above a normal one; a tie counts one half.

    Args:
        labels: 0 normal, 1 anomalous, shape (N,); both present.
        scores: Raw float64 scores, shape (N,).

    Returns:
        Area under the ROC curve in [0, 1].
    """
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(labels, scores))


def average_precision(labels: Labels, scores: Scores) -> float:
    """Mean precision at the recall steps, not interpolated; arguments as for `auroc`."""
    from sklearn.metrics import average_precision_score

    return float(average_precision_score(labels, scores))


def f1_max(labels: Labels, scores: Scores) -> float:
    """Highest F1 over all thresholds; arguments as for `auroc`.

    An oracle: the threshold is chosen on the test labels themselves, so it bounds what a real
    threshold can reach. See `iadbe.metrics.threshold` for an honest one.
    """
    return float(np.max(f1_curve(labels, scores)[0]))


def f1_curve(labels: Labels, scores: Scores) -> tuple[Scores, Scores]:
    """F1 of calling all samples at or above a score, and those distinct scores, ascending."""
    from sklearn.metrics import precision_recall_curve

    precision, recall, cuts = precision_recall_curve(labels, scores)
    total = precision + recall
    f1 = np.divide(2 * precision * recall, total, out=np.zeros_like(total), where=total > 0)
    return f1[:-1], cuts  # the last point is by convention, without a threshold


def fpr_at_95_tpr(labels: Labels, scores: Scores) -> float:
    """Lowest share of normal samples called where at least 95 % of the anomalous ones are.

    Not interpolated: it is the rate at a threshold one could set; arguments as for `auroc`.
    """
    anomalous = np.sort(scores[labels == 1])
    missed = int(0.05 * len(anomalous) + 1e-9)  # 0.05 * 20 must be 1, and 0.05 * 60 must be 3
    return float(np.mean(scores[labels == 0] >= anomalous[missed]))
