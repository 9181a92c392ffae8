"""Metrics, curves and telling examples of one cell, from raw scores and maps alone."""
