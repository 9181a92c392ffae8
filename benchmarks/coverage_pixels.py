"""How often 95 % intervals of pixel and region metrics hold the truth, in a simulation.

    python benchmarks/coverage_pixels.py [TRIALS]

Each image has a level of its own (its pixels are not independent) and each anomalous image one
defect of its own size and strength. The truth is that of 16,000 images. Prints a Markdown table.
"""

from __future__ import annotations

import sys
from collections import defaultdict

import numpy as np
from scipy.stats import norm

from iadbe.statistics.bootstrap import bootstrap_weights
from iadbe.statistics.pixel_intervals import ImageHistograms, binned_values, pixel_intervals

STRENGTHS = (1.5, 3.0, 4.5)
"""How far the scores of a defect lie above those of normal pixels, in standard deviations."""
SIZES = ((20, 63), (50, 50))
TRIALS, RESAMPLES, MANY = 200, 400, 16_000
EDGES = np.append(np.linspace(9, -5, 159), -np.inf)
NORMAL_PIXELS, DEFECT_PIXELS = 400, 20


def draw(rng: np.random.Generator, normal: int, anomalous: int, strength: float) -> ImageHistograms:
    """Histograms of images whose pixels are binormal around the level of their image."""
    level = rng.normal(0, 0.4, normal + anomalous)
    negatives = rng.multinomial(NORMAL_PIXELS, _shares(level))
    size = np.maximum(1, DEFECT_PIXELS * np.exp(rng.normal(0, 0.7, anomalous))).astype(int)
    defect = level[normal:] + strength + rng.normal(0, 0.8, anomalous)
    positives = np.zeros_like(negatives)
    positives[normal:] = rng.multinomial(size, _shares(defect))
    regions = np.repeat([0, 1], [normal, anomalous])
    overlap = positives / np.maximum(positives.sum(axis=1, keepdims=True), 1)
    return ImageHistograms(negatives, positives, overlap, regions)


def _shares(means: np.ndarray) -> np.ndarray:
    """The share of pixels in each bin, from the highest scores to the lowest, shape (N, K)."""
    return np.diff(norm.sf(EDGES[None] - means[:, None]), axis=1, prepend=0.0)


def values(histograms: ImageHistograms) -> dict[str, float]:
    """The metrics over all images."""
    once = np.ones((1, len(histograms.regions)), np.int16)
    return {name: float(value[0]) for name, value in binned_values(histograms, once).items()}


def simulate(strength: float, normal: int, anomalous: int, trials: int) -> list[str]:
    """A line of the table for each metric."""
    rng = np.random.default_rng(0)
    many = round(MANY * normal / (normal + anomalous))
    truth = values(draw(rng, many, MANY - many, strength))
    weights = bootstrap_weights(np.repeat([0, 1], [normal, anomalous]), RESAMPLES)
    held: dict[str, list[bool]] = defaultdict(list)
    width: dict[str, list[float]] = defaultdict(list)
    for _ in range(trials):
        images = draw(rng, normal, anomalous, strength)
        for name, (low, high, _) in pixel_intervals(images, weights, values(images)).items():
            if low is not None and high is not None:
                held[name].append(low <= truth[name] <= high)
                width[name].append(high - low)
    return [
        f"| {strength} | {normal} + {anomalous} | {name} | {value:.3f} "
        f"| {100 * np.mean(held[name]):.1f} % | {np.mean(width[name]):.3f} |"
        for name, value in truth.items()
    ]


def main() -> None:
    """Print the table as it comes."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else TRIALS
    print("| defect strength | normal + anomalous | metric | truth | covered | width |")
    print("| --- | --- | --- | --- | --- | --- |")
    for strength in STRENGTHS:
        for normal, anomalous in SIZES:
            print(*simulate(strength, normal, anomalous, trials), sep="\n", flush=True)


if __name__ == "__main__":
    main()
