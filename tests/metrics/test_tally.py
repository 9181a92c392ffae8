import pickle

import numpy as np
import pytest

from iadbe.metrics import bins
from iadbe.metrics import tally as tallies
from iadbe.metrics.tally import Tally

KINDS = {
    "normal": lambda rng, n: rng.normal(size=n),
    "heavy tails": lambda rng, n: rng.standard_cauchy(n),
    "24 decades": lambda rng, n: 10.0 ** rng.uniform(-12, 12, n),
    "ties": lambda rng, n: np.round(rng.normal(size=n), 1),
    "constant": lambda rng, n: np.full(n, 7.0),
    "a narrow band": lambda rng, n: 1000 + 1e-2 * rng.normal(size=n),
    "rising": lambda rng, n: np.sort(rng.normal(size=n)),
    "falling": lambda rng, n: -np.sort(rng.normal(size=n)),
}
N, BUFFER, RESOLUTION = 60_000, 4096, 1e-3


def draw(kind: str) -> np.ndarray:
    return KINDS[kind](np.random.default_rng(3), N).astype(np.float32)


def fill(values: np.ndarray, weights: np.ndarray | None = None, **options) -> Tally:
    tally = Tally(weighted=weights is not None, **options)
    for start in range(0, len(values), 1000):
        part = slice(start, start + 1000)
        tally.add(values[part], None if weights is None else weights[part])
    return tally


def asked(values: np.ndarray) -> np.ndarray:
    steps = values[np.random.default_rng(1).integers(0, len(values), 3000)]
    return np.sort(np.concatenate([steps, np.nextafter(steps, np.float32(np.inf))]))


def counted(values: np.ndarray, thresholds: np.ndarray) -> np.ndarray:
    return len(values) - np.searchsorted(np.sort(values), thresholds)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_exact_while_values_fit_the_buffer(kind: str) -> None:
    values = draw(kind)
    tally, thresholds = fill(values), asked(values)
    assert np.array_equal(tally.at_least(thresholds), counted(values, thresholds))
    assert len(tally) == N


@pytest.mark.parametrize("kind", KINDS)
def test_beyond_the_buffer_no_rank_is_off_by_more_than_the_bound(kind: str) -> None:
    values = draw(kind)
    thresholds = asked(values)
    true = counted(values, thresholds)
    found = fill(values, buffer=BUFFER, resolution=RESOLUTION).at_least(thresholds)
    assert (np.abs(found - true) <= 2 * RESOLUTION * true + 1e-6).all()


@pytest.mark.parametrize("kind", KINDS)
def test_bins_worked_on_in_parts_stay_within_the_bound(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bins, "_PART", 1000)
    monkeypatch.setattr(tallies, "FOLDED", 6000)
    values = draw(kind)
    weights = np.random.default_rng(2).random(N)
    thresholds = asked(values)
    true = counted(values, thresholds)
    tally = fill(values, weights, buffer=BUFFER, resolution=RESOLUTION)
    assert (np.abs(tally.at_least(thresholds) - true) <= 2 * RESOLUTION * true + 1e-6).all()
    assert tally.ranked().masses.sum(axis=1) == pytest.approx([N, weights.sum()])


def test_bins_and_waiting_values_do_not_both_fill_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "FOLDED", 1000)
    kept = len(fill(draw("normal")[:BUFFER], buffer=BUFFER)._values)
    folded = fill(draw("normal"), buffer=BUFFER, resolution=RESOLUTION)
    merged = Tally(buffer=BUFFER)
    merged.merge([folded])
    assert (kept, len(folded._values), len(merged._values)) == (BUFFER, 1000, 1000)
    assert len(merged) == N


@pytest.mark.parametrize("kind", KINDS)
def test_parts_merge_within_the_bound(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tallies, "FOLDED", 1000)
    values = draw(kind)
    options = {"buffer": BUFFER, "resolution": RESOLUTION}
    whole, *parts = (fill(part, **options) for part in np.array_split(values, 3))
    whole.merge(parts)
    thresholds = asked(values)
    true = counted(values, thresholds)
    assert (np.abs(whole.at_least(thresholds) - true) <= 4 * RESOLUTION * true + 1e-6).all()
    assert len(whole) == N


def test_exact_parts_merge_exactly() -> None:
    values = draw("ties")
    whole, part = fill(values[:100]), fill(values[100:])
    whole.merge([part])
    for mine, its in zip(whole.ranked(), fill(values).ranked(), strict=True):
        assert np.array_equal(mine, its)


def test_memory_does_not_grow_with_the_values() -> None:
    values = np.random.default_rng(0).normal(size=400_000).astype(np.float32)
    kept = [
        len(fill(values[:n], buffer=BUFFER, resolution=1e-2).ranked().lower)
        for n in (40_000, 400_000)
    ]
    assert kept[1] < 1.5 * kept[0] < 4000


@pytest.mark.parametrize("buffer", [10**6, BUFFER])
def test_weights_are_summed_beside_the_counts(buffer: int) -> None:
    values, weights = draw("ties"), np.random.default_rng(2).random(N)
    ranked = fill(values, weights, buffer=buffer, resolution=RESOLUTION).ranked()
    assert ranked.masses.sum(axis=1) == pytest.approx([N, weights.sum()])
    place = np.searchsorted(ranked.lower, np.float32(0.5))
    assert ranked.masses[:, place] == pytest.approx(
        [(values == np.float32(0.5)).sum(), weights[values == np.float32(0.5)].sum()], rel=1e-6
    )


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_cannot_be_ranked_is_refused(bad: float) -> None:
    tally = Tally()
    tally.add(np.array([1.0, bad, 2.0], np.float32))
    with pytest.raises(ValueError, match="finite"):
        tally.ranked()


def test_nothing_ranks_as_nothing() -> None:
    assert len(Tally().ranked().lower) == 0
    assert np.array_equal(Tally().at_least(np.array([1.0], np.float32)), [0])


@pytest.mark.parametrize("buffer", [10**6, BUFFER])
def test_a_part_travels_between_processes_without_its_empty_buffer(
    buffer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "FOLDED", 1000)
    values = draw("normal")
    tally = fill(values, buffer=buffer, resolution=RESOLUTION)
    sent = pickle.dumps(tally)
    assert len(sent) < 2_000_000
    thresholds, came = asked(values), pickle.loads(sent)
    assert np.array_equal(came.at_least(thresholds), tally.at_least(thresholds))
    came.add(values)
    assert len(came) == 2 * N
