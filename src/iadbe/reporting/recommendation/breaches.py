"""Which of the user's limits a model breaks, in words. `templates/answer.js` does the same."""

from __future__ import annotations

from collections.abc import Iterator

from iadbe.benchmark.limits import AnswerLimits
from iadbe.reporting.recommendation.candidates import Candidate


def breaches(candidate: Candidate, limits: AnswerLimits) -> list[str]:
    """Why a model is out; empty if it keeps all limits.

    What is not known cannot be shown to keep a limit, so it breaks it.
    """
    return list(_numbers(candidate, limits)) + [
        f"licence {name}"
        for name in candidate.licences
        if any(starts_with(name, start) for start in limits.refused_licences)
    ]


def starts_with(name: str, start: str) -> bool:
    """Whether a licence is one that the user means, e.g. AGPL-3.0 is by `agpl`."""
    return name.casefold().startswith(start.casefold())


def any_set(limits: AnswerLimits) -> bool:
    """Whether there is any limit."""
    return limits != AnswerLimits()


def _numbers(candidate: Candidate, limits: AnswerLimits) -> Iterator[str]:
    shown = candidate.shown
    alarms = limits.false_alarms_per_1000
    if alarms is not None and candidate.false_alarms is None:
        yield "false alarms not known"
    elif alarms is not None and (candidate.false_alarms or 0) > alarms:
        yield f"false alarms {shown['false_alarms']} per 1,000, over {plain(alarms)}"
    yield from _over(candidate.latency, limits.latency_ms, "latency", f"{shown['latency']} ms")
    yield from _over(candidate.memory, limits.memory_mb, "memory", f"{shown['memory']} MB")


def _over(value: float | None, limit: float | None, name: str, shown: str) -> Iterator[str]:
    if limit is None:
        return
    if value is None:
        yield f"{name} not known"
    elif value > limit:
        yield f"{shown}, over {plain(limit)}"


def plain(limit: float) -> str:
    """A limit as JavaScript writes it: 20.0 is `20`."""
    return str(int(limit)) if limit == int(limit) else repr(limit)
