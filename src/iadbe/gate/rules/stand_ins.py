"""Random weights in place of the pretrained ones that the method wants (ADR 0012)."""

from __future__ import annotations

from iadbe.gate.evidence import Evidence


def random_weights(evidence: Evidence) -> str | None:
    """The run record names stand-ins (`iadbe.models.protocol.HasStandIns`)."""
    missing = evidence.record.get("stand_ins")
    if not missing:
        return None
    names = ", ".join(missing)
    return f"random weights stand in for {names}: it shows that the code runs, not how good it is"
