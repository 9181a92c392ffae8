"""The scorecard: one row a published number that this benchmark could have reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

import pandas as pd

from iadbe.published.load import AVERAGE
from iadbe.schemas import ScorecardSchema
from iadbe.scorecard.averages import unsound_averages
from iadbe.scorecard.fact import Fact, Table, read_facts
from iadbe.scorecard.results import Results
from iadbe.scorecard.setting import Setting, another_protocol, closest, differences, own_setting
from iadbe.scorecard.tolerances import METRICS, Tolerances
from iadbe.scorecard.verdict import verdict


class _Model(NamedTuple):
    """A model of the matrix: its facts are those of the entry that it is a variant of."""

    dataset: str
    name: str
    variant_of: str | None
    setting: Setting
    categories: list[str]

    @property
    def base(self) -> str:
        return self.variant_of or self.name


class _Scale(NamedTuple):
    """What every row is judged by."""

    results: Results
    tolerances: Tolerances
    unsound: Mapping[Table, str]


def scorecard(
    metrics: pd.DataFrame,
    runs: pd.DataFrame,
    facts: pd.DataFrame,
    benchmark: Mapping[str, Any],
) -> pd.DataFrame:
    """Set our results beside the published ones.

    Args:
        metrics: Long table of metric values (`iadbe.schemas.MetricsSchema`).
        runs: One row a cell of the matrix (`iadbe.schemas.RunsSchema`).
        facts: Published results (`iadbe.published.published`).
        benchmark: The parameter `facts`: `image_size`, `cards` and `tolerances` are read.

    Returns:
        A frame of `ScorecardSchema`: for every model of the matrix, every published number of its
        categories and of the average over all categories, with the verdict of
        `iadbe.scorecard.verdict`. A number that a source prints twice is one row.
    """
    known = read_facts(facts[facts["metric"].isin(METRICS)])
    tolerances = Tolerances.model_validate(benchmark.get("tolerances") or {})
    scale = _Scale(Results(metrics, runs), tolerances, unsound_averages(known))
    rows = [
        _row(fact, fact.value, model, scale)
        for model in _models(runs, benchmark)
        for fact in _facts(known, model)
        if fact.value is not None
    ]
    frame = pd.DataFrame(rows, columns=list(ScorecardSchema.to_schema().columns))
    return cast("pd.DataFrame", ScorecardSchema.validate(frame))


def _models(runs: pd.DataFrame, benchmark: Mapping[str, Any]) -> Iterator[_Model]:
    cards: Mapping[str, Any] = benchmark.get("cards") or {}
    for (dataset, name), cells in runs.groupby(["dataset", "model"], sort=False):
        base = (cards.get(name) or {}).get("variant_of")
        setting = own_setting(cells.iloc[0], int(benchmark["image_size"]))
        yield _Model(dataset, name, base, setting, list(cells["category"].unique()))


def _facts(known: Iterable[Fact], model: _Model) -> Iterator[Fact]:
    """The facts of one model on its own categories: the averages first, each number once."""
    places = {name: place for place, name in enumerate([AVERAGE, *model.categories])}
    numbers: dict[tuple[int, str, str], list[Fact]] = {}
    for fact in known:
        table, place = fact.table, places.get(fact.category)
        if place is not None and (table.dataset, table.model) == (model.dataset, model.base):
            numbers.setdefault((place, table.metric, table.source), []).append(fact)
    for _, printed in sorted(numbers.items()):
        yield from _once(closest(printed, model.setting))


def _once(facts: Sequence[Fact]) -> Iterable[Fact]:
    """Without what differs only in the place where it was printed."""
    once: dict[tuple[float | None, Table], Fact] = {}
    for fact in facts:
        once.setdefault((fact.value, fact.table._replace(reference="")), fact)
    return once.values()


def _row(fact: Fact, published: float, model: _Model, scale: _Scale) -> dict[str, object]:
    table, results = fact.table, scale.results
    where = model.dataset, model.name
    reason = another_protocol(fact, model.setting)
    if fact.category == AVERAGE:
        ours = results.average(*where, table.metric)
        reason = reason or scale.unsound.get(table)
    else:
        ours = results.of(*where, fact.category, table.metric)
    judged = verdict(ours, published, table.metric, scale.tolerances, reason)
    return {
        "dataset": model.dataset,
        "model": model.name,
        "compared_with": model.base,
        "category": fact.category,
        "metric": table.metric,
        "ours": ours.value,
        "published": published,
        "difference": None if ours.value is None else ours.value - published,
        "tolerance": scale.tolerances.of(table.metric),
        "verdict": judged.name,
        "seeds": ours.seeds,
        "source": table.source,
        "reference": table.reference,
        "differences": differences(fact, model.setting, model.variant_of),
        "reason": judged.reason,
    }
