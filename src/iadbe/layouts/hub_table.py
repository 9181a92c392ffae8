"""Tables of the Hugging Face library `datasets`: Parquet with the images' bytes inside.

A column of images is a struct of `bytes` and `path`; class names are in the file's metadata.
Source: https://huggingface.co/docs/datasets/about_dataset_features
"""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

from iadbe.errors import DataError
from iadbe.layouts.image_files import IMAGE_SUFFIXES

_BATCH = 32
_SPLIT = re.compile(r"(?:^|[-_/])(train|test|val(?:idation)?)(?=[-_./]|$)")


class Row(NamedTuple):
    """One row: its number, its cells but for images, and the files of its images, by column."""

    number: int
    cells: dict[str, Any]
    files: dict[str, Path]


def split_of(table: Path, root: Path) -> str | None:
    """`train` or `test` (also for `validation`) by the file's name; None if it does not say."""
    found = _SPLIT.findall(table.relative_to(root).as_posix())
    return ("train" if found[-1] == "train" else "test") if found else None


def class_names(table: Path, column: str) -> list[str] | None:
    """The names of a column's classes, if the file knows them."""
    import pyarrow.parquet as pq

    about = (pq.read_schema(table).metadata or {}).get(b"huggingface", b"{}")
    features = json.loads(about).get("info", {}).get("features", {})
    names = (features.get(column) or {}).get("names")
    return [str(name) for name in names] if isinstance(names, list) else None


def columns_of(table: Path) -> list[str]:
    """The names of a table's columns.

    Raises:
        DataError: If it is no Parquet file.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return list(pq.read_schema(table).names)
    except (OSError, pa.ArrowException) as error:
        message = f"{table}: cannot be read as Parquet ({' '.join(str(error).split())}). "
        raise DataError(message + "Fetch or save it again.") from error


def rows_of(table: Path, images: list[str], others: list[str], folder: Path) -> Iterator[Row]:
    """The rows of a table; images are written as files, once.

    Args:
        table: A Parquet file.
        images: Columns of images.
        others: Other columns to read.
        folder: Folder of this table's images.

    Raises:
        DataError: If a column holds no images.
    """
    import pyarrow.parquet as pq

    number = 0
    with pq.ParquetFile(table) as file:
        for batch in file.iter_batches(batch_size=_BATCH, columns=[*images, *others]):
            for cells in batch.to_pylist():
                files = {
                    column: path
                    for column in images
                    if (path := _written(table, column, number, cells.pop(column), folder))
                }
                yield Row(number, cells, files)
                number += 1


def _written(table: Path, column: str, number: int, cell: Any, folder: Path) -> Path | None:
    """The file of an image; None if the cell is empty."""
    if cell is None:
        return None
    content, name = (cell.get("bytes"), cell.get("path")) if isinstance(cell, dict) else (cell, "")
    if isinstance(content, bytes):
        return _kept(content, folder / f"{number:06d}_{column}{_suffix(content, name or '')}")
    place = table.parent / str(name or content)
    if (name or content) and place.is_file():
        return place
    raise DataError(
        f"{table}: row {number}: column '{column}' holds no image. Name the column of images in "
        "the option `image` in catalog.yml."
    )


def _kept(content: bytes, file: Path) -> Path:
    if not (file.is_file() and file.stat().st_size == len(content)):
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f".{file.name}.{os.getpid()}.part")
        part.write_bytes(content)
        part.replace(file)
    return file


def _suffix(content: bytes, name: str) -> str:
    if (suffix := Path(name).suffix.lower()) in IMAGE_SUFFIXES:
        return suffix
    try:
        with Image.open(io.BytesIO(content)) as image:
            return f".{(image.format or 'png').lower()}"
    except OSError:
        return ".png"  # not an image: ingestion, which decodes every file, names it
