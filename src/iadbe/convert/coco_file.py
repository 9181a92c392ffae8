"""The part of COCO's JSON that is read: images, annotations, categories.

Source: https://cocodataset.org/#format-data
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ValidationError

from iadbe.errors import DataError


class CocoImage(BaseModel):
    """One image; sizes in pixels."""

    id: int | str
    file_name: str
    width: int
    height: int


class CocoRuns(BaseModel):
    """A mask, run-length encoded; `size` is height and width."""

    counts: list[int] | str
    size: tuple[int, int]


class CocoAnnotation(BaseModel):
    """One object; `bbox` is left, top, width, height in pixels."""

    image_id: int | str
    category_id: int
    bbox: tuple[float, float, float, float] | None = None
    segmentation: list[list[float]] | CocoRuns | None = None
    iscrowd: int = 0


class CocoCategory(BaseModel):
    """One class."""

    id: int
    name: str


class CocoFile(BaseModel):
    """One file, of one split."""

    images: list[CocoImage]
    annotations: list[CocoAnnotation] = []
    categories: list[CocoCategory]


def load_coco(file: Path) -> CocoFile:
    """Read a file.

    Raises:
        DataError: If it is malformed, or speaks of images or categories that it does not list.
    """
    try:
        coco = CocoFile.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        raise DataError(f"{file}: no COCO file: {_first(error)}. Correct it.") from error
    images = {image.id for image in coco.images}
    kinds = {kind.id for kind in coco.categories}
    for number, item in enumerate(coco.annotations):
        missing = [
            name
            for name, known in (
                (f"image {item.image_id}", item.image_id in images),
                (f"category {item.category_id}", item.category_id in kinds),
            )
            if not known
        ]
        if missing:
            message = f"{file}: annotations.{number} speaks of {missing[0]}, which is not listed. "
            raise DataError(message + "Remove it, or add what is missing.")
    return coco


def _first(error: OSError | ValidationError) -> str:
    if isinstance(error, OSError):
        return str(error)
    fault = error.errors()[0]
    return f"{'.'.join(map(str, fault['loc'])) or 'the file'}: {fault['msg']}"
