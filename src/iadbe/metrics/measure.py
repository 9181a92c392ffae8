"""One measured value, or why there is none."""

from __future__ import annotations

from typing import NamedTuple


class Group(NamedTuple):
    """Some of the defects: those of a type, of a size (`iadbe.schemas.DEFECT_SIZES`), or both."""

    defect_type: str | None = None
    defect_size: str | None = None

    def holds(self, other: Group) -> bool:
        """Whether all defects of another group are of this one."""
        return all(mine in (None, theirs) for mine, theirs in zip(self, other, strict=True))


ALL = Group()
"""All defects."""


class Measure(NamedTuple):
    """A row of the metrics table (`iadbe.schemas.MetricsSchema`).

    `n` counts what the value rests on: samples (levels image and system), pixels or regions; for
    `tied_pairs` pairs of samples. An undefined value is None, never 0, and `reason` says why.
    """

    level: str
    metric: str
    value: float | None
    n: int
    reason: str | None = None
    leakage: str = "none"
    ci_low: float | None = None
    ci_high: float | None = None
    defect_type: str | None = None
    defect_size: str | None = None

    @property
    def group(self) -> Group:
        """The defects that the value is over."""
        return Group(self.defect_type, self.defect_size)

    def of(self, group: Group) -> Measure:
        """The same value, over a group of defects."""
        return self._replace(defect_type=group.defect_type, defect_size=group.defect_size)
