"""The answer of each dataset, and of all of them together, ready for the page."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup

from iadbe.benchmark.limits import AnswerLimits
from iadbe.reporting.answer import nothing_to_rank
from iadbe.reporting.as_one import as_one
from iadbe.reporting.leaderboard import rank
from iadbe.reporting.model_cards import ModelCard
from iadbe.reporting.recommendation.breaches import plain, starts_with
from iadbe.reporting.recommendation.candidates import Candidate, candidates
from iadbe.reporting.recommendation.decide import Choice, contenders, decide
from iadbe.reporting.recommendation.pairs import Pairs, pairs
from iadbe.reporting.recommendation.words import kind_of, told


class Recommendation(NamedTuple):
    """The answer on one dataset."""

    dataset: str
    headline: str
    reasons: list[str]
    candidates: list[Candidate]
    verdicts: Mapping[str, str]
    out: Sequence[str]
    """Models that break a limit."""
    chosen: str | None
    choice: Choice
    limits: AnswerLimits
    licences: list[str]
    """All that some model has, to choose from."""
    ignored: list[str]
    """Refused licences that no model has: perhaps misspelt."""
    data: Markup
    """What `templates/answer.js` decides from, as JSON that cannot end a script element."""

    @property
    def typed(self) -> dict[str, str]:
        """The numbers among the limits as a form shows them; nothing for none."""
        names = ("false_alarms_per_1000", "latency_ms", "memory_mb")
        values = {name: getattr(self.limits, name) for name in names}
        return {name: "" if value is None else plain(value) for name, value in values.items()}

    @property
    def refused(self) -> list[str]:
        """Those of `licences` that the limits refuse."""
        starts = self.limits.refused_licences
        return [name for name in self.licences if any(starts_with(name, each) for each in starts)]

    @property
    def open(self) -> bool:
        """Whether there is anything to choose from."""
        return bool(self.choice.contenders)


def recommend(
    board: pd.DataFrame,
    metrics: pd.DataFrame,
    runs: pd.DataFrame,
    cards: Sequence[ModelCard] = (),
    limits: Mapping[str, Any] | None = None,
) -> Recommendation:
    """Decide for one dataset.

    Args:
        board: Its rows (`iadbe.reporting.leaderboard.rank`).
        metrics: Its metric values (`iadbe.schemas.MetricsSchema`).
        runs: Its cells (`iadbe.schemas.RunsSchema`).
        cards: What is known of the models.
        limits: `limits` of the parameter `facts` (`iadbe.benchmark.limits.AnswerLimits`).
    """
    asked = AnswerLimits.model_validate(limits or {})
    found = candidates(board, metrics, runs, cards)
    pool = contenders(found)
    names, aware = [each.model for each in pool], bool(pool) and pool[0].supervised
    judged = pairs(metrics, runs, names, supervised=aware) if pool else Pairs({}, "")
    choice = decide(found, judged, asked)
    page = told(found, choice, judged.how, asked)
    held = sorted({name for each in found for name in each.licences})
    return Recommendation(
        dataset=str(runs["dataset"].iloc[0]) if len(runs) else "",
        headline=page["headline"] if pool else nothing_to_rank(board),
        reasons=page["reasons"] if pool else [],
        candidates=found,
        verdicts=page["verdicts"],
        out=page["out"],
        chosen=page["chosen"],
        choice=choice,
        limits=asked,
        licences=held,
        ignored=[
            start
            for start in asked.refused_licences
            if not any(starts_with(n, start) for n in held)
        ],
        data=_data(found, judged, kind_of(found, pool), asked),
    )


def recommend_everywhere(
    metrics: pd.DataFrame,
    runs: pd.DataFrame,
    cards: Sequence[ModelCard] = (),
    limits: Mapping[str, Any] | None = None,
) -> Recommendation | None:
    """One answer over the categories of all datasets, each as weighty; None for one dataset."""
    if runs["dataset"].nunique() < 2:
        return None
    values, cells = (as_one(table) for table in (metrics, runs))
    return recommend(rank(values, cells), values, cells, cards, limits)


def _data(found: list[Candidate], judged: Pairs, kind: str, limits: AnswerLimits) -> Markup:
    tree = {
        "candidates": [dataclasses.asdict(each) for each in found],
        "pairs": judged.verdicts,
        "how": judged.how,
        "kind": kind,
        "limits": limits.model_dump(mode="json"),
    }
    text = json.dumps(tree, ensure_ascii=False, allow_nan=False)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - escaped just here
