"""Merge the result stores of several machines; conflicts are named, nothing is lost."""

from iadbe.merging.merge import Outcome, Prefer, merge
from iadbe.merging.stores import find_stores, target_stores

__all__ = ["Outcome", "Prefer", "find_stores", "merge", "target_stores"]
