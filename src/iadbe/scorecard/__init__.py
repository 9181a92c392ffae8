"""Our results beside those that others published: `iadbe.scorecard.scorecard.scorecard`."""
