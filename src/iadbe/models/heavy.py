"""The libraries that listing models must not import: each takes a second or more."""

from __future__ import annotations

import sys

HEAVY = (
    "torch",
    "torchvision",
    "timm",
    "lightning",
    "anomalib",
    "ultralytics",
    "tensorflow",
    "jax",
    "transformers",
)


def loaded() -> list[str]:
    """Those that this process has imported by now."""
    return [name for name in HEAVY if name in sys.modules]
