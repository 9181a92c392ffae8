"""IADBE, the Industrial Anomaly Detection Benchmark Engine."""

__version__ = "0.1.0"
