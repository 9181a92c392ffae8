"""For all tests: no telemetry, and `tests/project.py` can be imported."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["DO_NOT_TRACK"] = "1"
sys.path.insert(0, str(Path(__file__).parent))
