"""Which model to take under the user's limits, why, and how sure that is.

The rule is told twice: here, for the limits of `benchmark.yml`, and in `templates/answer.js`, for
those that a reader types in. Browser tests hold both to the same words.
"""
