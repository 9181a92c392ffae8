"""The scorecard: one row a published number that this benchmark could have reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

import pandas as pd

from iadbe.published.load import AVERAGE
from iadbe.schemas import ScorecardSchema
from iadbe.scorecard.averages import with_unsound_averages
from iadbe.scorecard.results import Results
from iadbe.scorecard.setting import Setting, another_protocol, closest, differences, own_setting
from iadbe.scorecard.tolerances import METRICS, Tolerances
from iadbe.scorecard.verdict import verdict

_NUMBER = ["category", "metric", "source"]
_SAME = ["source", "category", "metric", "value", "backbone", "image_size", "setting"]


class _Model(NamedTuple):
    """A model of the matrix: its facts are those of the entry that it is a variant of."""

    dataset: str
    name: str
    variant_of: str | None
    setting: Setting


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
    tolerances = Tolerances.model_validate(benchmark.get("tolerances") or {})
    results = Results(metrics, runs)
    known = with_unsound_averages(facts)
    known = known[known["metric"].isin(METRICS) & known["value"].notna()]
    rows = [
        _row(fact, model, results, tolerances)
        for model in _models(runs, benchmark)
        for fact in _facts(known, model, runs)
    ]
    frame = pd.DataFrame(rows, columns=list(ScorecardSchema.to_schema().columns))
    return cast("pd.DataFrame", ScorecardSchema.validate(frame))


def _models(runs: pd.DataFrame, benchmark: Mapping[str, Any]) -> Iterator[_Model]:
    cards: Mapping[str, Any] = benchmark.get("cards") or {}
    for _, run in runs.drop_duplicates(["dataset", "model"]).iterrows():
        base = (cards.get(run["model"]) or {}).get("variant_of")
        setting = own_setting(run, int(benchmark["image_size"]))
        yield _Model(run["dataset"], run["model"], base, setting)


def _facts(known: pd.DataFrame, model: _Model, runs: pd.DataFrame) -> Iterator[pd.Series]:
    """The facts of one model on its own categories, the averages first."""
    own = runs.loc[runs["dataset"] == model.dataset, "category"].unique()
    named = (known["dataset"] == model.dataset) & (known["model"] == _base(model))
    of_model = known[named & known["category"].isin([AVERAGE, *own])]
    kept = [closest(rows, model.setting) for _, rows in of_model.groupby(_NUMBER, sort=False)]
    if not kept:
        return
    order = {name: place for place, name in enumerate([AVERAGE, *own])}
    facts = (
        pd.concat(kept).drop_duplicates(_SAME).sort_values("category", key=lambda c: c.map(order))
    )
    yield from (fact for _, fact in facts.iterrows())


def _row(
    fact: pd.Series, model: _Model, results: Results, tolerances: Tolerances
) -> dict[str, object]:
    dataset, metric, category = model.dataset, fact["metric"], fact["category"]
    if category == AVERAGE:
        ours = results.average(dataset, model.name, metric)
    else:
        ours = results.of(dataset, model.name, category, metric)
    reason = another_protocol(fact, model.setting) or fact["unsound"]
    judged = verdict(ours, fact["value"], metric, tolerances, reason)
    return {
        "dataset": dataset,
        "model": model.name,
        "compared_with": _base(model),
        "category": category,
        "metric": metric,
        "ours": ours.value,
        "published": fact["value"],
        "difference": None if ours.value is None else ours.value - fact["value"],
        "tolerance": tolerances.of(metric),
        "verdict": judged.name,
        "seeds": ours.seeds,
        "source": fact["source"],
        "reference": fact["reference"],
        "differences": differences(fact, model.setting, model.variant_of),
        "reason": judged.reason,
    }


def _base(model: _Model) -> str:
    return model.variant_of or model.name
