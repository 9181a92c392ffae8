"""Pixel metrics side by side: IADBE, ADEval (pip install adeval) and Anomalib, on the same maps.

    python benchmarks/metrics_speed.py            # times: AUROC, AP, F1-max and AUPRO of pixels
    python benchmarks/metrics_speed.py --memory   # peak memory of IADBE as images grow

All engines get the maps in blocks of eight, as a stream would bring them. ADEval samples the curves
at 1,000 scores and gives no F1-max; the bounds of the scores, which it wants to be told, are not
timed. Anomalib runs its four metrics on raw scores.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np

Block = tuple[np.ndarray, np.ndarray]
SHAPES = ((83, 256), (160, 512))
ROUNDS = 5


def blocks(count: int, edge: int) -> Iterator[Block]:
    """Smooth maps, three of four with a defect that scores higher, as models make them."""
    from scipy.ndimage import gaussian_filter

    rng = np.random.default_rng(0)
    pool = np.stack([gaussian_filter(rng.normal(size=(edge, edge)), 4) for _ in range(16)])
    pool = (pool / pool.std()).astype(np.float32)
    for start in range(0, count, 8):
        n = min(8, count - start)
        maps = pool[rng.integers(0, 16, n)] + rng.normal(0, 0.05, (n, edge, edge))
        masks = np.zeros(maps.shape, dtype=bool)
        for place in range(n):
            if (start + place) % 4:
                top, left = rng.integers(0, edge * 3 // 4, 2)
                masks[place, top : top + edge // 5, left : left + edge // 6] = True
        yield (maps + 2.0 * masks).astype(np.float32), masks


def iadbe(stack: list[Block]) -> dict[str, float]:
    """The ranking, and all that is read off it."""
    from iadbe.metrics import pixel, ranking, region

    ranked = ranking.rank_pixels(stack)
    return {
        "auroc": pixel.auroc(ranked),
        "ap": pixel.average_precision(ranked),
        "aupro": region.aupro(ranked),
        "f1_max": pixel.f1_max(ranked),
    }


def adeval(stack: list[Block]) -> dict[str, float]:
    """Its accumulator, which streams, too."""
    from adeval import EvalAccumulator

    low = float(min(maps.min() for maps, _ in stack))
    high = float(max(maps.max() for maps, _ in stack))
    started = time.perf_counter()
    accumulator = EvalAccumulator(low, high, low, high)
    for maps, masks in stack:
        accumulator.add_anomap_batch(maps, masks.astype(np.uint8))
    fpr, tpr, _ = accumulator._pixel_acc.roc()
    recall, precision, _ = accumulator._pixel_acc.pr()
    values = {
        "auroc": float(np.trapezoid(tpr[::-1], fpr[::-1])),
        "ap": float(np.trapezoid(precision[::-1], recall[::-1])),
        "aupro": accumulator._aupro(),
    }
    return values | {"seconds": time.perf_counter() - started}


def anomalib(stack: list[Block]) -> dict[str, float]:
    """Its own metric classes."""
    import torch
    from anomalib.metrics.aupr import _AUPR
    from anomalib.metrics.aupro import _AUPRO
    from anomalib.metrics.auroc import _AUROC
    from anomalib.metrics.f1_score import _F1Max

    metrics = {"auroc": _AUROC(), "ap": _AUPR(), "aupro": _AUPRO(), "f1_max": _F1Max()}
    for metric in metrics.values():
        for maps, masks in stack:
            metric.update(torch.from_numpy(maps), torch.from_numpy(masks.astype(np.int64)))
    return {name: float(metric.compute()) for name, metric in metrics.items()}


ENGINES: dict[str, Callable[[list[Block]], dict[str, float]]] = {
    "iadbe": iadbe, "adeval": adeval, "anomalib": anomalib,
}  # fmt: skip


def compare() -> None:
    """Engines take turns; the best of their rounds counts, and the slow one gets fewer."""
    if not hasattr(np, "trapz"):
        setattr(np, "trapz", np.trapezoid)  # noqa: B010 - ADEval knows its former name only
    print("| maps | engine | seconds | times iadbe | AUROC | AP | F1-max | AUPRO |")
    print("|---|---|---|---|---|---|---|---|")
    for count, edge in SHAPES:
        stack = list(blocks(count, edge))
        for engine in ENGINES.values():
            engine(stack[:1])  # imports are not timed
        best: dict[str, float] = {}
        values: dict[str, dict[str, float]] = {}
        for turn in range(ROUNDS):
            for name, engine in ENGINES.items():
                if name != "anomalib" or turn == 0:
                    clock = time.perf_counter()
                    values[name] = engine(stack)
                    took = values[name].get("seconds", time.perf_counter() - clock)
                    best[name] = min(best.get(name, np.inf), took)
        for name, took in best.items():
            shown = [values[name].get(key) for key in ("auroc", "ap", "f1_max", "aupro")]
            numbers = " | ".join("–" if v is None else f"{v:.6f}" for v in shown)
            ratio = took / best["iadbe"]
            print(f"| {count} of {edge}² | {name} | {took:.2f} | {ratio:.1f} | {numbers} |")


def peak(count: int, edge: int) -> None:
    """What a process of its own does: stream maps that never lie in memory together."""
    from iadbe.machine import peak_memory_mb
    from iadbe.metrics import pixel, ranking

    base = next(blocks(8, edge))[0].nbytes  # touches what every run needs
    before = peak_memory_mb()
    value = pixel.auroc(ranking.rank_pixels(blocks(count, edge)))
    print(f"| {count} of {edge}² | {before:.0f} | {peak_memory_mb():.0f} | {value:.6f} |")
    assert base


def memory() -> None:
    """Peak memory of each number of maps, each in a new process."""
    print("| maps | MB before | MB at the peak | AUROC |\n|---|---|---|---|", flush=True)
    for count, edge in ((160, 512), (1600, 512), (3200, 512)):
        subprocess.run([sys.executable, __file__, "--peak", str(count), str(edge)], check=True)  # noqa: S603 - this very file


if __name__ == "__main__":
    if "--peak" in sys.argv:
        peak(int(sys.argv[-2]), int(sys.argv[-1]))
    elif "--memory" in sys.argv:
        memory()
    else:
        compare()
