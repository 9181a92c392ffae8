"""The rules on one cell; each returns its reason in one line, or None."""

from __future__ import annotations

from collections.abc import Callable

from iadbe.gate.evidence import Evidence
from iadbe.gate.rules.chance import no_better_than_guessing
from iadbe.gate.rules.overlap import everything_covered
from iadbe.gate.rules.stand_ins import random_weights
from iadbe.gate.rules.ties import tied_scores
from iadbe.gate.rules.training import cut_short, losses_not_finite

Rule = Callable[[Evidence], str | None]

RULES: tuple[Rule, ...] = (
    random_weights,
    losses_not_finite,
    cut_short,
    tied_scores,
    no_better_than_guessing,
    everything_covered,
)
"""Causes first, symptoms after them."""


def reasons(evidence: Evidence) -> list[str]:
    """Why a finished cell is no result; none if it is one."""
    return [reason for rule in RULES if (reason := rule(evidence)) is not None]
