"""Results that others published, as facts with their source."""

from iadbe.published.load import AVERAGE, COLUMNS, ORIGINAL, SOURCES, original, published

__all__ = ["AVERAGE", "COLUMNS", "ORIGINAL", "SOURCES", "original", "published"]
