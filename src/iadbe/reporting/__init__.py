"""The leaderboard, the figures and the report, rebuilt from stored tables alone."""
