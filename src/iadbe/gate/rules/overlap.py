"""Maps that cover every defect because they cover everything."""

from __future__ import annotations

from iadbe.gate.evidence import Evidence

MOST_PRO, LEAST_PIXEL_AUROC = 0.95, 0.6
_NAMES = ("pro", "aupro")
"""What the names of the per-region overlap metrics begin with, thresholded or not."""


def everything_covered(evidence: Evidence) -> str | None:
    """A per-region overlap is near 1 while pixel AUROC is low.

    A threshold that calls every pixel defective has a PRO of 1, and so has a map that is constant
    within images. The original benchmark's tables hold such values.
    """
    pixel = evidence.value("pixel", "auroc")
    if pixel is None or pixel >= LEAST_PIXEL_AUROC:
        return None
    for (level, metric), known in evidence.values.items():
        if level == "region" and metric.startswith(_NAMES) and known.value > MOST_PRO:
            return f"{metric} is {known.value:.3f} but pixel AUROC {pixel:.3f}: all is covered"
    return None
