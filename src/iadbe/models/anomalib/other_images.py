"""The folder of images of other things that DRAEM, EfficientAD and GLASS train with."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iadbe.errors import ConfigError
from iadbe.models.anomalib import needs
from iadbe.models.anomalib.archives import unpacked
from iadbe.models.anomalib.params import AnomalibParams
from iadbe.models.anomalib.textures import draw_textures
from iadbe.models.weights import resolve


@contextmanager
def other_images(params: AnomalibParams) -> Iterator[Path | None]:
    """A folder that holds them while the model trains; None for a model that wants none.

    It is the one that `args` names, the published archive, or drawn textures if weights are random.

    Raises:
        ConfigError: If the named folder does not exist.
        WeightsError: If the archive is not on this machine.
    """
    archive, named = needs.image_archive(params), needs.image_folder(params)
    if named is not None:
        if not named.is_dir():
            key = needs.IMAGE_ARGUMENTS[params.name]
            raise ConfigError(f"{params.name}: args.{key} is {named}, which is no folder")
        yield named
    elif archive is None:
        yield None
    elif params.weights == "pretrained":
        yield unpacked(resolve(archive))
    else:
        with tempfile.TemporaryDirectory() as folder:
            draw_textures(Path(folder))
            yield Path(folder)
