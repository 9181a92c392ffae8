"""How well raw anomaly maps cover each defect, however small: the per-region overlap (PRO).

Bergmann et al. 2021, "The MVTec Anomaly Detection Dataset: A Comprehensive Real-World Dataset for
Unsupervised Anomaly Detection", IJCV 129: for a threshold, PRO is the covered share of a
ground-truth region, averaged over the regions of all images; the false positive rate is over the
normal pixels of all images. AUPRO is the area under PRO against it, up to 0.3, divided by 0.3.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from iadbe.metrics.measure import Measure
from iadbe.metrics.pixel import at_f1_max
from iadbe.metrics.ranking import PixelRanking

FPR_LIMIT = 0.3
STRICT_FPR_LIMIT = 0.05
"""That of MVTec LOCO and MVTec AD 2."""
FPR_LIMITS = {"aupro": FPR_LIMIT, "aupro_005": STRICT_FPR_LIMIT}
Curve = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]


def region_measures(ranking: PixelRanking | None, reason: str | None) -> list[Measure]:
    """AUPRO up to both limits, and PRO at one threshold; null with `reason` without a ranking.

    `pro_at_f1_max` is what the original IADBE logged as PRO: the mean overlap at the threshold that
    maximises the pixels' F1 on the test masks, an oracle and no area.
    """
    regions = 0 if ranking is None else ranking.regions
    return [
        Measure("region", name, None if ranking is None else metric(ranking), regions, reason, leak)
        for name, metric, leak in (
            ("aupro", aupro, "none"),
            ("aupro_005", lambda ranking: aupro(ranking, STRICT_FPR_LIMIT), "none"),
            ("pro_at_f1_max", pro_at_f1_max, "threshold"),
        )
    ]


def pro_at_f1_max(ranking: PixelRanking) -> float:
    """Mean per-region overlap at the threshold with the highest F1 of pixels."""
    return float(ranking.overlap[at_f1_max(ranking)])


def aupro(ranking: PixelRanking, limit: float = FPR_LIMIT) -> float:
    """Area under the PRO curve up to a false positive rate, as a share of the possible area.

    Args:
        ranking: All test pixels, both classes present.
        limit: Highest false positive rate, in (0, 1]; the curve is interpolated linearly there.

    Returns:
        In [0, 1].
    """
    rate, overlap = pro_curve(ranking, limit)
    return float(np.sum(np.diff(rate) * (overlap[1:] + overlap[:-1])) / 2 / limit)


def pro_curve(ranking: PixelRanking, limit: float = FPR_LIMIT) -> Curve:
    """Corners of the PRO curve, exact: false positive rate and mean per-region overlap.

    Args:
        ranking: All test pixels, both classes present.
        limit: Where the curve ends, in (0, 1].

    Returns:
        Two arrays, both non-decreasing, from (0, 0) to a rate of `limit`.
    """
    before = np.concatenate([[0.0], ranking.overlap[:-1]])
    counts = np.stack([ranking.false_positives_above, ranking.false_positives], axis=1).ravel()
    rate = np.concatenate([[0.0], counts / ranking.negatives, [1.0]])
    overlap = np.concatenate([[0.0], np.stack([before, ranking.overlap], axis=1).ravel(), [1.0]])
    return _cut(rate, overlap, limit)


def _cut(rate: npt.NDArray[np.float64], overlap: npt.NDArray[np.float64], limit: float) -> Curve:
    kept = int(np.searchsorted(rate, limit, side="right"))
    if kept == len(rate):
        return rate, overlap
    run, rise = rate[kept] - rate[kept - 1], overlap[kept] - overlap[kept - 1]
    end = overlap[kept - 1] + rise * (limit - rate[kept - 1]) / run
    return np.append(rate[:kept], limit), np.append(overlap[:kept], end)
