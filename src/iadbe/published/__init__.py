"""Results that others published, as facts with their source."""

from iadbe.published.load import COLUMNS, ORIGINAL, published

__all__ = ["COLUMNS", "ORIGINAL", "published"]
