"""Seeded splits that keep the shots of one part together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

SPLIT_SEED = 0
"""The split belongs to the data: it is the same for every model, seed and run."""


def seeded(*words: str) -> np.random.Generator:
    """A generator that depends on words alone, such as the name of a category."""
    return np.random.default_rng([SPLIT_SEED, *"/".join(words).encode()])


def units_of(samples: pd.DataFrame) -> pd.Series:
    """What must not be torn apart: the group of a sample, else the sample alone."""
    alone = "sample " + samples["sample_id"].astype(str)
    if "group" not in samples:
        return alone
    groups = samples["group"]
    return ("group " + groups.astype(str)).where(groups.notna(), alone)


def held_out(
    units: Sequence[str], wanted: int, order: np.random.Generator, forced: Collection[str] = ()
) -> set[str]:
    """Choose units that together hold about a number of samples.

    Args:
        units: The unit of each sample, in an order that is the same in every run.
        wanted: How many samples to hold out.
        order: Draws the order in which units are tried.
        forced: Units that are chosen in any case; they count.

    Returns:
        The chosen units, as near to the number as whole units tried in this order come; at least
        one if a sample is wanted and another unit remains.
    """
    sizes = Counter(units)
    chosen = {unit for unit in sizes if unit in forced}
    count = sum(sizes[unit] for unit in chosen)
    names = list(sizes)
    tried = [names[place] for place in order.permutation(len(names))]
    for unit in tried:
        if unit not in chosen and abs(count + sizes[unit] - wanted) < abs(count - wanted):
            chosen.add(unit)
            count += sizes[unit]
    if wanted and not chosen and len(tried) > 1:
        chosen.add(min(tried, key=sizes.__getitem__))
    return chosen
