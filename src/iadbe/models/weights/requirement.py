"""What a model reads that others made: one descriptor, wherever it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

Source = Literal["timm", "torchvision", "hub", "url", "local"]


@dataclass(frozen=True)
class Weights:
    """A file of pretrained weights (or an archive of training images) that a model reads.

    Use the constructors below rather than the class.

    Attributes:
        name: Unique and readable, e.g. `timm/resnet18` or `url/dtd-r1.0.1.tar.gz`.
        file: Its name in the user's folder (`IADBE_WEIGHTS`), e.g. `resnet18.safetensors`.
        source: Where it is found when it is not in that folder.
        origin: The timm name, torchvision's name of the network, `owner/repository` on the Hugging
            Face hub, an address, or a path.
        sha256: Of the file, where it is known.
        licence: SPDX identifier or name, where it is known.
        megabytes: Roughly, where it is known.
    """

    name: str
    file: str
    source: Source
    origin: str
    sha256: str | None = None
    licence: str | None = None
    megabytes: float | None = None


def timm_weights(backbone: str, licence: str | None = None) -> Weights:
    """The pretrained weights of a timm model, with or without its tag (`resnet18.a1_in1k`)."""
    return Weights(f"timm/{backbone}", f"{backbone}.safetensors", "timm", backbone, licence=licence)


def torchvision_weights(network: str, file: str, licence: str = "BSD-3-Clause") -> Weights:
    """The default weights of a torchvision network, e.g. `efficientnet_b5`.

    Args:
        network: As `torchvision.models.get_model` names it.
        file: The last part of the weights' address, e.g. `resnet18-f37072fd.pth`.
        licence: Of the weights.
    """
    return Weights(f"torchvision/{network}", file, "torchvision", network, licence=licence)


def hub_weights(repository: str, filename: str, licence: str | None = None) -> Weights:
    """A file of a repository on the Hugging Face hub."""
    return Weights(
        f"hub/{repository}/{filename}",
        f"{repository}/{filename}".replace("/", "--"),
        "hub",
        f"{repository}/{filename}",
        licence=licence,
    )


def url_file(
    address: str, *, sha256: str | None = None, licence: str | None = None, megabytes: float = 0
) -> Weights:
    """A file, or an archive, at an address."""
    file = unquote(urlsplit(address).path).rpartition("/")[2]
    return Weights(f"url/{file}", file, "url", address, sha256, licence, megabytes or None)
