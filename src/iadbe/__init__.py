"""IADBE, the Industrial Anomaly Detection Benchmark Engine."""

from typing import Any

__version__ = "0.1.0"
__all__ = ["predict", "run", "test", "train"]


def __getattr__(name: str) -> Any:
    """Load the Python interface when it is first asked for, so that `import iadbe` stays cheap."""
    if name in __all__:
        from iadbe import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
