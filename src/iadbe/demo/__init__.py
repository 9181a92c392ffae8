"""The embedded demo dataset: three industrial categories, drawn by code from a seed."""
