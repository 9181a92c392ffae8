"""The leaderboards as tables for papers: CSV, Markdown and LaTeX, laid out as the original's."""

from iadbe.reporting.paper_tables.write import paper_tables

__all__ = ["paper_tables"]
