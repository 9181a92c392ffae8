"""The rule: which model is taken. `templates/answer.js` follows the same one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from iadbe.benchmark.limits import AnswerLimits
from iadbe.reporting.recommendation.breaches import breaches
from iadbe.reporting.recommendation.candidates import Candidate
from iadbe.reporting.recommendation.pairs import Pairs


@dataclass(frozen=True)
class Choice:
    """What follows from the limits; all lists the best first."""

    contenders: list[Candidate]
    """Ranked models that saw no labelled defect; only where there are none, the supervised."""
    within: list[Candidate]
    """Contenders that keep all limits."""
    chosen: Candidate | None
    """The first of those."""
    front: list[str]
    """Of those with a latency, the ones that no other is both as good and as fast as."""
    close: list[Candidate]
    """Of those, the ones not told apart from the chosen."""
    unknown: list[Candidate]
    """Of those, the ones of which that cannot be told."""
    outside: list[Candidate]
    """Contenders that break a limit and would have come before the chosen."""
    supervised: Candidate | None
    """The best supervised model within the limits, if the contenders are others and it is better
    than the chosen."""
    broken: dict[str, list[str]]
    """Which limits each model breaks; also of models that do not contend."""


def decide(found: Sequence[Candidate], pairs: Pairs, limits: AnswerLimits) -> Choice:
    """Take the best mean image AUROC among the ranked models within the limits.

    Of equals the faster comes first, then the alphabet decides.
    """
    broken = {each.model: breaches(each, limits) for each in found}
    pool = contenders(found)
    within = [each for each in pool if not broken[each.model]]
    chosen = within[0] if within else None
    others = within[1:]
    verdicts = {each.model: pairs.of(chosen.model, each.model) for each in others if chosen}
    return Choice(
        contenders=pool,
        within=within,
        chosen=chosen,
        front=front(within),
        close=[each for each in others if verdicts[each.model] == "close"],
        unknown=[each for each in others if verdicts[each.model] == "unknown"],
        outside=_before(pool, chosen, broken),
        supervised=_supervised(found, pool, chosen, broken),
        broken=broken,
    )


def contenders(found: Sequence[Candidate]) -> list[Candidate]:
    """The models that compete for the recommendation, the best first."""
    ranked = sorted((each for each in found if each.unranked is None), key=_order)
    return [each for each in ranked if not each.supervised] or ranked


def front(found: Sequence[Candidate]) -> list[str]:
    """The Pareto front of quality against latency, from the best to the fastest."""
    names, fastest = [], math.inf
    for each in sorted(found, key=_order):
        if each.latency is not None and each.latency < fastest:
            names.append(each.model)
            fastest = each.latency
    return names


def _order(candidate: Candidate) -> tuple[float, float, str]:
    latency = math.inf if candidate.latency is None else candidate.latency
    return -(candidate.quality or 0.0), latency, candidate.model


def _before(
    pool: list[Candidate], chosen: Candidate | None, broken: dict[str, list[str]]
) -> list[Candidate]:
    place = len(pool) if chosen is None else pool.index(chosen)
    return [each for each in pool[:place] if broken[each.model]]


def _supervised(
    found: Sequence[Candidate],
    pool: list[Candidate],
    chosen: Candidate | None,
    broken: dict[str, list[str]],
) -> Candidate | None:
    ranked = [each for each in found if each.unranked is None and each not in pool]
    allowed = sorted((each for each in ranked if not broken[each.model]), key=_order)
    if allowed and (chosen is None or (allowed[0].quality or 0) > (chosen.quality or 0)):
        return allowed[0]
    return None
