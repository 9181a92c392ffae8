"""Image scores that order images no better than a coin does."""

from __future__ import annotations

from iadbe.gate.evidence import Evidence, Known

LEAST_AUROC = 0.55
"""Guessing gives 0.5. The limit is fixed, not the end of an interval (ADR 0016): on few images the
interval of a good model reaches 0.5, and on many that of a useless one does not."""

INVERTED = 0.35
"""Below this, scores are more likely turned round than useless."""


def no_better_than_guessing(evidence: Evidence) -> str | None:
    """Image AUROC is below `LEAST_AUROC`."""
    auroc = evidence.values.get(("image", "auroc"))
    if auroc is None or auroc.value >= LEAST_AUROC:
        return None
    value = f"image AUROC {auroc.value:.3f}{_interval(auroc)}"
    if auroc.value < INVERTED:
        return f"worse than guessing ({value}): is a higher score more normal?"
    return f"no better than guessing ({value}, limit {LEAST_AUROC})"


def _interval(known: Known) -> str:
    if known.low is None or known.high is None:
        return ""
    return f", 95 % interval {known.low:.3f} to {known.high:.3f}"
