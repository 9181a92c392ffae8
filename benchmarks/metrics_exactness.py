"""Worst errors of the metrics over random trials, against scikit-learn and a float64 sort.

    python benchmarks/metrics_exactness.py [TRIALS [LARGE]]

Scores are normal, heavy-tailed, tied, constant, over 24 decades, and in a narrow band; class
shares, numbers of images and of regions vary. All rankings are merged from two parts. `exact` is
the engine while pixels fit its buffer. `binned` squeezes every trial into a buffer of 4,096 pixels
at a resolution of 1e-4, twenty times coarser than shipped, because so few pixels would be exact
with that; its error over the resolution is what counts. `as shipped` are LARGE trials of 42 million
pixels in one tally, twice as many as it keeps exactly, against a float64 sort.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
from scipy.ndimage import gaussian_filter, label
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score

from iadbe.metrics import pixel, region
from iadbe.metrics.defect_regions import find_regions
from iadbe.metrics.ranking import PixelRanking, rank
from iadbe.metrics.tally import Tally

COARSE = 1e-4
KINDS: dict[str, Callable[[np.random.Generator, tuple[int, ...]], np.ndarray]] = {
    "normal": lambda rng, shape: rng.normal(size=shape),
    "heavy tails": lambda rng, shape: rng.standard_cauchy(shape),
    "tied": lambda rng, shape: rng.integers(0, 9, shape).astype(float),
    "constant": lambda rng, shape: np.full(shape, rng.normal()),
    "24 decades": lambda rng, shape: 10.0 ** rng.uniform(-12, 12, shape),
    "narrow band": lambda rng, shape: 1e3 + 1e-2 * rng.normal(size=shape),
}


def draw(kind: str, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Maps float32 and masks, shape (n, H, W), both classes present."""
    shape = (int(rng.integers(2, 9)), *rng.integers(24, 72, 2))
    blobs = gaussian_filter(rng.normal(size=shape), (0, 3, 3))
    masks = blobs > np.quantile(blobs, rng.choice([0.5, 0.9, 0.99]))
    maps = KINDS[kind](rng, shape)
    shift = rng.choice([0.0, 0.5, 2.0]) * (maps.std() or 1.0)
    return (maps + shift * masks).astype(np.float32), masks


def reference(maps: np.ndarray, masks: np.ndarray) -> dict[str, float]:
    """scikit-learn, and PRO region by region over all distinct scores in float64."""
    truth, scores = masks.ravel(), maps.ravel().astype(np.float64)
    precision, recall, _ = precision_recall_curve(truth, scores)
    f1 = np.max(2 * precision * recall / np.maximum(precision + recall, 1e-300))
    return {
        "auroc": roc_auc_score(truth, scores),
        "average_precision": average_precision_score(truth, scores),
        "f1_max": f1,
        "iou_max": f1 / (2 - f1),
        **{name: aupro(maps, masks, limit) for name, limit in region.FPR_LIMITS.items()},
    }


def aupro(maps: np.ndarray, masks: np.ndarray, limit: float) -> float:
    """The definition: a curve over all distinct scores, interpolated at the limit."""
    cuts = np.unique(maps)[::-1].astype(np.float64)
    normal = np.sort(maps[~masks].astype(np.float64))
    rate = (len(normal) - np.searchsorted(normal, cuts)) / len(normal)
    overlap = np.zeros(len(cuts))
    regions = 0
    for map_, mask in zip(maps, masks, strict=True):
        labels, found = label(mask, np.ones((3, 3)))
        regions += found
        for place in range(1, found + 1):
            inside = np.sort(map_[labels == place].astype(np.float64))
            overlap += (len(inside) - np.searchsorted(inside, cuts)) / len(inside)
    x, y = np.append(0.0, rate), np.append(0.0, overlap / regions)
    kept = x <= limit
    xs, ys = np.append(x[kept], limit), np.append(y[kept], _at(x, y, limit))
    return float(np.trapezoid(ys, xs) / limit)


def _at(x: np.ndarray, y: np.ndarray, limit: float) -> float:
    """The curve where it passes the limit; the lowest point of a vertical step, as it is open."""
    after = int(np.searchsorted(x, limit, side="right"))
    if after == len(x):
        return float(y[-1])
    before = after - 1
    return float(y[before] + (y[after] - y[before]) * (limit - x[before]) / (x[after] - x[before]))


def ranked(maps: np.ndarray, masks: np.ndarray, **options: float) -> PixelRanking:
    """Two parts, each with its own tallies, merged."""
    tallies = [(Tally(weighted=True, **options), Tally(**options)) for _ in range(2)]
    regions = 0
    for place, (map_, mask) in enumerate(zip(maps, masks, strict=True)):
        defective, normal = tallies[place % 2]
        found = find_regions(mask)
        normal.add(map_[~mask])
        if mask.any():
            defective.add(map_[mask], found.share)
        regions += len(found.area)
    (defective, normal), (other, beside) = tallies
    defective.merge([other])
    normal.merge([beside])
    return rank(defective, [normal], regions)


def values(ranking: PixelRanking) -> dict[str, float]:
    """What the engine says."""
    return {
        "auroc": pixel.auroc(ranking),
        "average_precision": pixel.average_precision(ranking),
        "f1_max": pixel.f1_max(ranking),
        "iou_max": pixel.iou_max(ranking),
        **{name: region.aupro(ranking, limit) for name, limit in region.FPR_LIMITS.items()},
    }


def main(trials: int, large: int) -> None:
    """Print the worst absolute error of each metric."""
    worst: dict[tuple[str, str], float] = {}
    for trial in range(trials):
        rng = np.random.default_rng(trial)
        maps, masks = draw(list(KINDS)[trial % len(KINDS)], rng)
        true = reference(maps, masks)
        for way, options in (("exact", {}), ("binned", {"buffer": 4096, "resolution": COARSE})):
            _note(worst, way, values(ranked(maps, masks, **options)), true)
    for trial in range(large):
        maps, masks = draw_large(list(KINDS)[trial % len(KINDS)], np.random.default_rng(trial))
        _note(worst, "as shipped", values(ranked(maps, masks)), sorted_reference(maps, masks))
    print(f"{trials} trials and {large} large ones\n")
    print("| metric | exact | binned, error / resolution | as shipped, 42 M pixels |")
    print("|---|---|---|---|")
    for name in true:
        shipped = worst.get((name, "as shipped"))
        last = "–" if shipped is None else f"{shipped:.1e}"
        coarse = worst[name, "binned"] / COARSE
        print(f"| {name} | {worst[name, 'exact']:.1e} | {coarse:.2f} | {last} |")


def _note(
    worst: dict[tuple[str, str], float], way: str, found: dict[str, float], true: dict[str, float]
) -> None:
    for name, value in true.items():
        worst[name, way] = max(worst.get((name, way), 0.0), abs(found[name] - value))


def draw_large(kind: str, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """160 maps of 512², a few per cent of their pixels defective."""
    masks = np.zeros((160, 512, 512), dtype=bool)
    for mask in masks[40:]:
        top, left = rng.integers(0, 400, 2)
        mask[top : top + 100, left : left + 110] = True
    maps = KINDS[kind](rng, masks.shape).astype(np.float32)
    maps[masks] += np.float32(rng.choice([0.5, 2.0]) * min(float(maps.std()), 1e9))
    return maps, masks


def sorted_reference(maps: np.ndarray, masks: np.ndarray) -> dict[str, float]:
    """Metrics of pixels from one float64 sort of all of them, ties met at once."""
    scores, truth = maps.ravel().astype(np.float64), masks.ravel()
    order = np.argsort(-scores, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(scores[order])), len(order) - 1)
    true = np.cumsum(truth[order])[ends].astype(np.float64)
    called = ends + 1.0
    positives, negatives = true[-1], called[-1] - true[-1]
    met, false = np.diff(true, prepend=0), called - true
    before = np.append(0.0, false[:-1])
    f1 = np.max(2 * true / (called + positives))
    return {
        "auroc": float(1 - met @ (false + before) / 2 / positives / negatives),
        "average_precision": float(met @ (true / called) / positives),
        "f1_max": float(f1),
        "iou_max": float(f1 / (2 - f1)),
    }


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*given, *(600, 12)[len(given) :])
