"""Weights on their way to a machine without a network: packed on one, verified on the other."""
