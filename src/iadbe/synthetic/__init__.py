"""Synthetic anomalies: visible damage to normal images, with the mask of what was damaged.

A stand-in where no anomaly was ever photographed. What finds these need not find real defects.
"""
