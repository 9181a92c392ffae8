"""Scores that are constant, or tie too often for a ranking metric to mean anything."""

from __future__ import annotations

from iadbe.gate.evidence import Evidence

MOST_TIED = 0.1
"""Share of tied pairs up to which AUROC stands: their order moves it by at most half of that."""


def tied_scores(evidence: Evidence) -> str | None:
    """`tied_pairs` (`iadbe.metrics.ties`) is above `MOST_TIED`; at 1 all scores are equal."""
    tied = evidence.values.get(("image", "tied_pairs"))
    if tied is None or tied.value <= MOST_TIED:
        return None
    if tied.value >= 1:
        return f"the image scores are constant: all {tied.n} pairs of images tie"
    return (
        f"{tied.value:.0%} of the pairs of a normal and an anomalous image have equal scores "
        f"(limit {MOST_TIED:.0%})"
    )
