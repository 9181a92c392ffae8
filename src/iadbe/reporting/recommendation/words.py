"""The choice in words: a headline, a few reasons, a verdict a model. `answer.js` says the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from iadbe.benchmark.limits import AnswerLimits
from iadbe.reporting.formats import count
from iadbe.reporting.recommendation.breaches import any_set, plain
from iadbe.reporting.recommendation.candidates import Candidate
from iadbe.reporting.recommendation.decide import Choice

_NAMED = 3
"""How many models a sentence names before it counts the rest."""


def headline(choice: Choice, kind: str, limits: AnswerLimits) -> str:
    """One sentence; only for a dataset that has a contender.

    Args:
        choice: The choice.
        kind: What the contenders are called, e.g. `unsupervised`.
        limits: Whether there are any changes the sentence.
    """
    best, number = choice.chosen, len(choice.contenders)
    if best is None:
        who = "The only" if number == 1 else f"None of the {number}"
        fails = "model does not keep" if number == 1 else "models keeps"
        return f"{who} {kind} {fails} the limits."
    scope = " within the limits" if any_set(limits) else ""
    rivals = f"the best of {len(choice.within)}" if len(choice.within) > 1 else "the only"
    models = f"{kind} {'models' if len(choice.within) > 1 else 'model'}{scope}"
    time = "" if best.latency is None else f" and {best.shown['latency']} ms an image"
    over = count(best.categories, "category", "categories")
    quality = f"a mean image AUROC of {best.shown['quality']} over {over}"
    return f"Take {best.model}: {rivals} {models}, with {quality}{time}."


def reasons(choice: Choice, how: str, limits: AnswerLimits) -> list[str]:
    """Up to six short reasons, the weightiest first."""
    told = [*_operation(choice), *_sure(choice, how), *_outside(choice), *_aware(choice)]
    return [*told, *_caution(choice, limits)]


def verdicts(found: Sequence[Candidate], choice: Choice) -> dict[str, str]:
    """What the table says of each model."""
    return {each.model: _verdict(each, choice) for each in found}


def kind_of(found: Sequence[Candidate], contenders: Sequence[Candidate]) -> str:
    """What the contenders are called."""
    if contenders and contenders[0].supervised:
        return "supervised"
    zero_shot = any(each.supervision == "zero_shot" for each in found)
    return "label-free" if zero_shot else "unsupervised"


def _operation(choice: Choice) -> Iterator[str]:
    best = choice.chosen
    if best is None:
        return
    if best.false_alarms is None:
        yield "How many defects it misses at its threshold is not known."
        return
    yield (
        f"At its threshold it misses {best.shown['misses']} of 1,000 defects and calls "
        f"{best.shown['false_alarms']} of 1,000 normal parts anomalous (95 % intervals)."
    )


def _sure(choice: Choice, how: str) -> Iterator[str]:
    best, others = choice.chosen, choice.within[1:]
    if best is None:
        return
    if not others:
        yield "There is no other model to compare it with."
        return
    if choice.close:
        yield f"Not told apart from it: {_names(choice.close)} ({how}).{_cheaper(choice)}"
    if choice.unknown:
        yield f"Nothing tells whether it is really better than {_names(choice.unknown)}."
    if not choice.close and not choice.unknown:
        yield f"It is better than every other one beyond chance ({how})."


def _cheaper(choice: Choice) -> str:
    """The fastest and the smallest among the chosen and what is not told apart from it."""
    level = [each for each in (choice.chosen, *choice.close) if each]
    timed = [each for each in level if each.latency is not None]
    sized = [each for each in level if each.size is not None]
    told = []
    if timed:
        fast = min(timed, key=lambda each: each.latency or 0)
        told.append(f"the fastest is {fast.model} ({fast.shown['latency']} ms an image)")
    if sized:
        small = min(sized, key=lambda each: each.size or 0)
        told.append(f"the smallest {small.model} ({small.shown['size']} MB saved)")
    return f" Of these, {', '.join(told)}." if told else ""


def _outside(choice: Choice) -> Iterator[str]:
    if not choice.outside:
        return
    named = [_named(each, choice) for each in choice.outside[:_NAMED]]
    rest = len(choice.outside) - len(named)
    more = f"; and {rest} more" if rest else ""
    start = "Better, but outside the limits" if choice.chosen else "Outside the limits"
    yield f"{start}: {'; '.join(named)}{more}."


def _named(candidate: Candidate, choice: Choice) -> str:
    why = ", ".join(choice.broken[candidate.model])
    return f"{candidate.model}, {candidate.shown['quality']} ({why})"


def _aware(choice: Choice) -> Iterator[str]:
    aware = choice.supervised
    if aware is not None:
        reach = "reaches" if choice.chosen else "keeps the limits with"
        yield f"{aware.model}, which saw labelled defects, {reach} {aware.shown['quality']}."


def _caution(choice: Choice, limits: AnswerLimits) -> Iterator[str]:
    best, limit = choice.chosen, limits.false_alarms_per_1000
    if best and limit is not None and (best.false_alarms_high or 0) > limit:
        yield (
            f"That it keeps {plain(limit)} false alarms per 1,000 is not sure: the interval ends "
            "above it, more normal test images would tell."
        )


def _verdict(each: Candidate, choice: Choice) -> str:
    ends = ", on the front" if each.model in choice.front else ""
    return _standing(each, choice) + ends


def _standing(each: Candidate, choice: Choice) -> str:
    if each.unranked is not None:
        return each.unranked
    if choice.broken[each.model]:
        return "; ".join(choice.broken[each.model])
    if each not in choice.contenders:
        return "saw labelled defects, judged apart"
    if each is choice.chosen:
        return "recommended"
    if each in choice.close:
        return "not told apart"
    return "not comparable" if each in choice.unknown else "behind"


def _names(found: Sequence[Candidate]) -> str:
    named = [each.model for each in found[:_NAMED]]
    rest = len(found) - len(named)
    return ", ".join(named) + (f" and {rest} more" if rest else "")


def told(
    found: Sequence[Candidate], choice: Choice, how: str, limits: AnswerLimits
) -> dict[str, Any]:
    """All that the page says of a choice, and nothing else: what JavaScript must reproduce."""
    kind = kind_of(found, choice.contenders)
    return {
        "chosen": choice.chosen.model if choice.chosen else None,
        "headline": headline(choice, kind, limits),
        "reasons": reasons(choice, how, limits),
        "verdicts": verdicts(found, choice),
        "out": [m for m, broken in choice.broken.items() if broken],
        "front": choice.front,
    }
