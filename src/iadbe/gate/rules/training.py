"""Training that did not go as asked for, as the model's own log tells."""

from __future__ import annotations

from iadbe.gate.evidence import Evidence


def losses_not_finite(evidence: Evidence) -> str | None:
    """Some loss was NaN or infinite: what was learned after it is chance, even if scores exist."""
    log = evidence.record.get("training")
    if not log or log.get("finite", True):
        return None
    return "a training loss was NaN or infinite: lower the learning rate, or clip gradients"


def cut_short(evidence: Evidence) -> str | None:
    """Fewer epochs than the recipe asks for.

    A recipe that ends by steps asked for the epochs that these took
    (`iadbe.models.training_log.TrainingLog`).
    """
    log = evidence.record.get("training")
    if not log or log.get("epochs", 0) >= log.get("epochs_asked", 0):
        return None
    return f"trained for {log['epochs']} of the {log['epochs_asked']} epochs asked for"
