"""How sure a number is, and whether two of them differ: intervals, tests and ranks.

Pure functions on numpy arrays and pandas frames. What each quantity means, its formula and its
source: `docs/statistics.md`.
"""
