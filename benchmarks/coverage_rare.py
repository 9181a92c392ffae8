"""How often 95 % intervals of AUPIMO and of region recall hold the truth, in a simulation.

    python benchmarks/coverage_rare.py [TRIALS]

Both judge anomalous images at thresholds that normal images set, where false alarms are rare. Each
image has a level of its own, as in `coverage_pixels.py`; a normal image has 65,536 pixels and 200
local maxima that may become false regions. The truth is that of 4,000 images. `none`
says how often there is no interval, because all was found; `given thresholds` draws the anomalous
images only, for comparison. Prints a Markdown table.
"""

from __future__ import annotations

import sys

import numpy as np
from coverage_pixels import EDGES, SIZES, STRENGTHS, _shares

from iadbe.metrics.map_histograms import MapHistograms
from iadbe.metrics.measure import ALL
from iadbe.metrics.redrawn import aupimo_redrawn, region_recall_redrawn
from iadbe.schemas import DEFECT_SIZES
from iadbe.statistics.bootstrap import bootstrap_weights
from iadbe.statistics.interval import share_interval

TRIALS, RESAMPLES, MANY = 400, 400, 4000
PIXELS, DEFECT_PIXELS, MAXIMA = 65_536, 200, 200
THRESHOLDS = np.linspace(1.5, 5.5, 81).astype(np.float32)


def draw(rng: np.random.Generator, normal: int, anomalous: int, strength: float) -> MapHistograms:
    """Images whose pixels, maxima and defects lie around a level of their own."""
    level = rng.normal(0, 0.4, normal + anomalous)
    defect = level + strength + rng.normal(0, 0.8, len(level))
    is_normal = np.arange(len(level)) < normal
    negatives = rng.multinomial(PIXELS, _shares(level))
    positives = rng.multinomial(DEFECT_PIXELS, _shares(defect)) * ~is_normal[:, None]
    peaks = rng.normal(size=(len(level), MAXIMA)) + level[:, None]
    false = (peaks[:, :, None] > THRESHOLDS).sum(axis=1) * is_normal[:, None]
    found = (defect[:, None] + 1 > THRESHOLDS) & ~is_normal[:, None]
    return MapHistograms(
        edges=EDGES[:-1][::-1].astype(np.float32),
        defect_types=np.where(is_normal, "", "dent"),
        negatives=negatives.astype(np.float32),
        positives=_large(positives),
        overlap=_large(positives / DEFECT_PIXELS),
        regions=_large((~is_normal).astype(int)),
        false_regions=false.astype(np.float32),
        found=_large(found.astype(int)),
    )


def _large(values: np.ndarray) -> np.ndarray:
    """All defects of one size."""
    table = np.zeros((len(values), len(DEFECT_SIZES), *values.shape[1:]), values.dtype)
    table[:, -1] = values
    return table


def drawn(images: MapHistograms, weights: np.ndarray) -> dict[str, np.ndarray]:
    """Both metrics of each resample."""
    normal = images.defect_types == ""
    return {
        "aupimo": aupimo_redrawn(images.of(ALL, images.edges), normal, ~normal, weights),
        "recall_at_1_false_region": region_recall_redrawn(images, ALL, weights),
    }


def simulate(strength: float, normal: int, anomalous: int, trials: int) -> list[str]:
    """A line of the table for each metric."""
    rng = np.random.default_rng(0)
    many = round(MANY * normal / (normal + anomalous))
    once = np.ones((1, MANY), np.int16)
    truth = drawn(draw(rng, many, MANY - many, strength), once)
    weights = bootstrap_weights(np.repeat([0, 1], [normal, anomalous]), RESAMPLES)
    given = np.where(np.arange(normal + anomalous) < normal, 1, weights)
    held: dict[str, list[tuple[bool, bool, float]]] = {name: [] for name in truth}
    for _ in range(trials):
        images = draw(rng, normal, anomalous, strength)
        values = drawn(images, np.ones((1, normal + anomalous), np.int16))
        resampled, conditional = drawn(images, weights), drawn(images, given)
        for name, (value,) in values.items():
            ends = [share_interval(float(value), r[name])[:2] for r in (resampled, conditional)]
            if None not in ends[0] + ends[1]:
                inside = [low <= truth[name][0] <= high for low, high in ends]
                held[name].append((*inside, ends[0][1] - ends[0][0]))
    return [
        f"| {strength} | {normal} + {anomalous} | {name} | {truth[name][0]:.3f} "
        f"| {100 * np.mean(rows, axis=0)[0]:.1f} % | {np.mean(rows, axis=0)[2]:.3f} "
        f"| {100 - 100 * len(rows) / trials:.1f} % | {100 * np.mean(rows, axis=0)[1]:.1f} % |"
        for name, rows in held.items()
        if rows
    ]


def main() -> None:
    """Print the table as it comes."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else TRIALS
    print("| defect strength | normal + anomalous | metric | truth | covered | width | none "
          "| given thresholds |\n| --- | --- | --- | --- | --- | --- | --- | --- |")  # fmt: skip
    for strength in STRENGTHS:
        for normal, anomalous in SIZES:
            print(*simulate(strength, normal, anomalous, trials), sep="\n", flush=True)


if __name__ == "__main__":
    main()
