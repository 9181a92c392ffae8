"""How often 95 % intervals of image metrics hold the truth, where the truth is known.

    python benchmarks/coverage.py [TRIALS]

Scores are binormal: normal images N(0, 1), anomalous ones N(d, 1), so the AUROC is Phi(d / sqrt 2),
and the other metrics of infinitely many images in the same proportion follow from their
distributions. `iadbe` is `iadbe.statistics.image_intervals`, `percentile` the plain percentiles of
the same 1000 resamples, `Newcombe` his method 5 everywhere. Prints a Markdown table.
"""

from __future__ import annotations

import sys
from collections import defaultdict

import numpy as np
from scipy.stats import norm

from iadbe.statistics.bootstrap import Weights, bootstrap_weights
from iadbe.statistics.image_intervals import image_intervals, image_values
from iadbe.statistics.newcombe import newcombe_interval

AUROCS = (0.7, 0.9, 0.99)
SIZES = ((20, 63), (50, 50), (200, 200))
TRIALS = 1000
HEAD = (
    "AUROC", "normal + anomalous", "metric", "truth", "`iadbe`", "width", "none", "percentile",
    "width", "Newcombe", "width",
)  # fmt: skip
Ends = tuple[float | None, float | None]


def truths(gap: float, normal: int, anomalous: int) -> dict[str, float]:
    """The metrics of infinitely many images, by integrating over all thresholds."""
    thresholds = np.linspace(gap + 9, -9, 200_001)
    recall, false = norm.sf(thresholds - gap), norm.sf(thresholds)
    called = anomalous * recall + normal * false
    precision = anomalous * recall / called
    return {
        "auroc": float(norm.cdf(gap / np.sqrt(2))),
        "average_precision": float(np.sum(np.diff(recall) * (precision[1:] + precision[:-1]) / 2)),
        "f1_max": float(np.max(2 * anomalous * recall / (called + anomalous))),
        "fpr_at_95_tpr": float(norm.sf(gap - norm.ppf(0.95))),
    }


def intervals(
    labels: np.ndarray, scores: np.ndarray, weights: Weights
) -> dict[tuple[str, str], Ends]:
    """Ends by metric and method."""
    found: dict[tuple[str, str], Ends] = {}
    resampled = image_values(labels, scores, weights)
    for metric, interval in image_intervals(labels, scores, weights).items():
        found[metric, "iadbe"] = interval[:2]
        low, high = np.quantile(resampled[metric], [0.025, 0.975])
        found[metric, "percentile"] = float(low), float(high)
    anomalous = int(labels.sum())
    value = float(image_values(labels, scores, np.ones((1, len(labels)), np.int16))["auroc"][0])
    newcombe = newcombe_interval(value, anomalous, len(labels) - anomalous)
    return found | {("auroc", "Newcombe"): newcombe[:2]}


def simulate(auroc: float, normal: int, anomalous: int, trials: int) -> list[str]:
    """A line of the table for each metric."""
    gap = float(norm.ppf(auroc) * np.sqrt(2))
    labels = np.repeat([0, 1], [normal, anomalous]).astype(np.int8)
    rng, weights = np.random.default_rng(1), bootstrap_weights(labels)
    ends: dict[tuple[str, str], list[Ends]] = defaultdict(list)
    for _ in range(trials):
        scores = rng.normal(size=len(labels)) + gap * labels
        for key, pair in intervals(labels, scores, weights).items():
            ends[key].append(pair)
    start = [f"{auroc}", f"{normal} + {anomalous}"]
    return [
        _line([*start, metric, f"{truth:.3f}", *_entries(ends, metric, truth)])
        for metric, truth in truths(gap, normal, anomalous).items()
    ]


def _entries(ends: dict[tuple[str, str], list[Ends]], metric: str, truth: float) -> list[str]:
    """Coverage and width of each method; for ours also how often there is no interval."""
    entries: list[str] = []
    for method in ("iadbe", "percentile", "Newcombe"):
        pairs = ends.get((metric, method), [])
        known = np.array([pair for pair in pairs if pair[0] is not None], dtype=float)
        if not len(known):
            entries += ["–", "–"]
            continue
        covered = np.mean((known[:, 0] <= truth) & (truth <= known[:, 1]))
        entries += [f"{100 * covered:.1f} %", f"{np.mean(known[:, 1] - known[:, 0]):.3f}"]
        if method == "iadbe":
            entries.append(f"{100 * (1 - len(known) / len(pairs)):.1f} %")
    return entries


def _line(entries: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(entries) + " |"


def main() -> None:
    """Print the table as it comes."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else TRIALS
    print(_line(HEAD), _line(["---"] * len(HEAD)), sep="\n")
    for auroc in AUROCS:
        for normal, anomalous in SIZES:
            print(*simulate(auroc, normal, anomalous, trials), sep="\n", flush=True)


if __name__ == "__main__":
    main()
