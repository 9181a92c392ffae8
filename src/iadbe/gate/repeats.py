"""The same value in several categories: scores of one category taken for those of others.

Categories hold other images, so a value that comes back to the last digit says that it was not
measured on them: predictions were mixed up, or do not depend on the image. Two exceptions are
honest: 1, which many models reach, and image metrics near 1 on few images, which repeat.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from iadbe.gate.evidence import Evidence

METRICS = {
    ("image", "auroc"): "image AUROC",
    ("image", "average_precision"): "image AP",
    ("pixel", "auroc"): "pixel AUROC",
    ("region", "aupro"): "AUPRO",
}
SAME = 1e-9
"""Values that differ by no more are one."""
CATEGORIES = 3
"""In so many the same value of one metric is no chance; in two, that of two metrics is none."""
FEW_PAIRS = 30
"""Pairs of images in the wrong order up to which equal image metrics are honest: AUROC moves in
steps of a pair, so the best models of small categories meet."""

Group = Mapping[str, Evidence]
Found = tuple[tuple[str, str], float, frozenset[str]]


def repeated(categories: Group) -> dict[str, str]:
    """Categories whose values come back in others, with the reason.

    Args:
        categories: The finished cells of one dataset, model and seed, by category.
    """
    found = [each for metric in METRICS for each in _equal(metric, categories)]
    reasons: dict[str, list[str]] = {}
    for metric, value, same in found:
        if len(same) >= CATEGORIES or _in_another(metric, same, found):
            reason = f"{METRICS[metric]} is {value:.9g} in {', '.join(sorted(same))}"
            for category in same:
                reasons.setdefault(category, []).append(reason)
    return {category: "; ".join(texts) for category, texts in reasons.items()}


def _equal(metric: tuple[str, str], categories: Group) -> Iterator[Found]:
    """Sets of two categories or more that have one value of a metric."""
    telling = [
        (cell.values[metric].value, name)
        for name, cell in categories.items()
        if metric in cell.values and _tells(metric, cell)
    ]
    for value, names in _runs(sorted(telling)):
        if len(names) > 1:
            yield metric, value, frozenset(names)


def _tells(metric: tuple[str, str], cell: Evidence) -> bool:
    """Whether a value is none that honest results share."""
    lacking = 1 - cell.values[metric].value
    if metric[0] != "image":
        return lacking > SAME
    return lacking * _pairs(cell) > FEW_PAIRS


def _pairs(cell: Evidence) -> float:
    """Pairs of a normal and an anomalous test image; at most, where only the images are known."""
    tied = cell.values.get(("image", "tied_pairs"))
    return tied.n if tied else cell.values["image", "auroc"].n ** 2 / 4


def _runs(ordered: Iterable[tuple[float, str]]) -> Iterator[tuple[float, list[str]]]:
    """Neighbours that differ by `SAME` at most, under the first one's value."""
    names: list[str] = []
    first = last = float("-inf")
    for value, name in ordered:
        if value - last > SAME:
            if names:
                yield first, names
            first, names = value, []
        names.append(name)
        last = value
    if names:
        yield first, names


def _in_another(metric: tuple[str, str], same: frozenset[str], found: Iterable[Found]) -> bool:
    """Whether the same categories share the value of another metric, too."""
    return any(other != metric and len(same & names) > 1 for other, _, names in found)
