"""Readers: Markdown, LaTeX and CSV tables, and console logs."""
