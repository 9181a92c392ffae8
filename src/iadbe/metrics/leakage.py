"""What of the test data had a part in a number."""

from __future__ import annotations

from iadbe.metrics.measure import Measure
from iadbe.schemas import LEAKAGES


def stamped(measure: Measure, leakage: str) -> Measure:
    """A measure of a model that itself saw something of the test; the graver stamp stays.

    Args:
        measure: With the stamp of its own making, e.g. `threshold` for an oracle.
        leakage: One of `iadbe.schemas.LEAKAGES`, what the model's fit or weights saw.
    """
    return measure._replace(leakage=max(measure.leakage, leakage, key=LEAKAGES.index))
