"""Draws miniatures of datasets in their official shape."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

Draw = Callable[..., None]


@pytest.fixture
def draw(tmp_path: Path) -> Draw:
    """Draw tiny images, e.g. `draw("cup/train/0.png", "cup/test/0.png")`; masks are not black."""

    def paint(*names: str, value: int = 9, size: int = 4, root: Path = tmp_path) -> None:
        for name in names:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            pixels = np.full((size, size), value, dtype=np.uint8)
            Image.fromarray(pixels).save(root / name)

    return paint


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a text file below the dataset's folder; what is no text is written as JSON."""

    def into(name: str, content: object) -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return file

    return into
