"""The contract between IADBE and a model plugin.

A plugin is a class registered under the entry-point group `iadbe.models`. It needs no base class.
Importing it must be cheap: heavy libraries are imported inside its methods.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, Protocol, Self, runtime_checkable

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel

from iadbe.models.card import Card
from iadbe.models.weights.requirement import Weights
from iadbe.samples import Samples

if TYPE_CHECKING:
    from iadbe.models.training_log import TrainingLog

API_VERSION = 1
Supervision = Literal["zero_shot", "unsupervised", "supervised"]


class Prediction(NamedTuple):
    """What a model says of one sample: raw, higher means more anomalous, never a label.

    `anomaly_map` is float of shape (size, size) of the samples that were asked for, or None when
    the model does not localize. `latency_ms` is the time spent on the sample without decoding, or
    None to let IADBE measure the whole step. `boxes` is for detectors: float32 of shape (n, 5),
    rows of left, top, right and bottom as shares of width and height in [0, 1], and confidence;
    a model gives boxes for every sample (none is an array without rows), or None for every one.
    """

    sample_id: str
    image_score: float
    anomaly_map: npt.NDArray[np.float32] | None = None
    latency_ms: float | None = None
    boxes: npt.NDArray[np.float32] | None = None


@runtime_checkable
class AnomalyModel(Protocol):
    """Scores images; higher means more anomalous."""

    api_version: ClassVar[int]
    supervision: ClassVar[Supervision]
    localizes: bool
    """Whether it gives anomaly maps; an instance may differ from its class, by its parameters."""
    Params: ClassVar[type[BaseModel]]

    def __init__(self, params: BaseModel, device: str) -> None:
        """Take validated parameters and a torch-style device name (`auto`, `cpu`, `cuda:0`)."""

    def fit(self, samples: Samples, seed: int) -> None:
        """Learn from the training samples; labels are visible to supervised models only."""

    def predict(self, samples: Samples) -> Iterator[Prediction]:
        """Yield one prediction a sample, in the order of `samples`, as they are ready."""

    def save(self, folder: Path) -> None:
        """Write all that `load` needs into an existing empty folder; no pickle."""

    @classmethod
    def load(cls, folder: Path, device: str) -> Self:
        """Restore a saved model that gives the same scores."""


class NeedsWeights(Protocol):
    """Optional: a model that starts from pretrained weights, or other files made by others.

    They are looked for before any training starts (`iadbe.models.weights.resolve`), listed by
    `iadbe weights list` and packed for machines without a network by `iadbe weights pack`.
    """

    @classmethod
    def weights(cls, params: BaseModel) -> list[Weights]:
        """What a model of these parameters reads; costs no download and no heavy import."""


class HasStandIns(Protocol):
    """Optional: a model that can run on random weights where a method wants pretrained ones.

    Such a run proves that code works, never how good a model is: its result is stamped, shown and
    never ranked. A method that by design starts from random weights has no stand-ins.
    """

    @classmethod
    def stand_ins(cls, params: BaseModel) -> list[str]:
        """Names of the pretrained weights that random ones stand in for; usually none."""


class HasTrainingLog(Protocol):
    """Optional: a model that is trained tells, after `fit`, how that went.

    A loss that was not finite, or fewer epochs than asked for, make a result degenerate
    (`iadbe.gate`). `save` need not keep it: it goes into the run record.
    """

    training_log: TrainingLog | None


class PredictsInBatches(Protocol):
    """Optional: a model that scores several images at once, and lets IADBE say how many.

    IADBE sets it to 32 to measure throughput; without it a model is timed as it is.
    """

    batch_size: int
    """Images that `predict` scores at once; it holds from the next call on."""


class CountsParameters(Protocol):
    """Optional: a model that says how many numbers it consists of."""

    def parameter_count(self) -> int:
        """All that was fitted or loaded: weights, statistics, remembered features."""


class HasCard(Protocol):
    """Optional: says of itself what the configuration need not repeat."""

    card: ClassVar[Card]


class NeedsFiles(Protocol):
    """Optional: a model whose result depends on files beside the samples (weights, say).

    Their content becomes part of a cell's fingerprint, so a changed file means a redone cell; a
    missing one raises `iadbe.errors.WeightsError` before any training starts.
    """

    @classmethod
    def files(cls, params: BaseModel) -> list[Path]:
        """The files a model of these parameters reads."""


class NeedsLibraries(Protocol):
    """Optional: names the distributions whose version is part of the model's code version."""

    libraries: ClassVar[tuple[str, ...]]
    """Distribution names, e.g. `("anomalib", "torch")`."""
    preload: ClassVar[tuple[str, ...]]
    """Modules worth importing once for all cells, e.g. `("anomalib.models",)`."""
