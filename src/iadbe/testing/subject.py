"""The model under test with all that the checks share, made once and when first needed."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import BaseModel

from iadbe.models.protocol import AnomalyModel, Prediction
from iadbe.samples import Samples
from iadbe.seeding import seed_everything
from iadbe.testing.drawn import draw_dataset

SEED = 3


class CheckFailedError(AssertionError):
    """A model breaks the contract; the message says what its author should change."""


class Subject:
    """A model class, its parameters and a drawn dataset in a temporary folder.

    Fitting, predicting and saving happen in an empty working folder, where nothing may be left.

    Args:
        model_class: The class under test.
        given: Its parameters as a user would write them; paths in them must be absolute.
        size: Edge of the images in pixels.
    """

    def __init__(
        self, model_class: type[AnomalyModel], given: dict[str, Any] | None = None, size: int = 64
    ) -> None:
        self.model_class = model_class
        self.given = given or {}
        self.size = size
        self.edited: set[str] = set()
        self.fits = 0
        self.root = Path(tempfile.mkdtemp(prefix="iadbe-check-")).resolve()
        self.close = weakref.finalize(self, shutil.rmtree, self.root, ignore_errors=True)
        for name in ("data", "work", "model"):
            (self.root / name).mkdir()

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The manifest of the drawn dataset."""
        return draw_dataset(self.root / "data", self.size)

    @cached_property
    def files_drawn(self) -> dict[str, str]:
        """Digests of the dataset's files as they were drawn."""
        _ = self.frame
        return self.files_now()

    def files_now(self) -> dict[str, str]:
        """Digests of the dataset's files as they are."""
        files = sorted((self.root / "data").rglob("*"))
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}

    @property
    def params(self) -> BaseModel:
        """The validated parameters."""
        return self.model_class.Params.model_validate(self.given)

    @property
    def train(self) -> Samples:
        """What the engine would give to `fit`."""
        rows = self.frame[self.frame["split"] == "train"]
        supervised = self.model_class.supervision == "supervised"
        return Samples(
            rows if supervised else rows[rows["label"] == 0], self.size, labelled=supervised
        )

    @property
    def test(self) -> Samples:
        """What the engine would give to `predict`: no labels."""
        return Samples(self.frame[self.frame["split"] == "test"], self.size)

    def fit(self) -> AnomalyModel:
        """A newly fitted model; the global generators differ from fit to fit."""
        _ = self.files_drawn
        self.fits += 1
        seed_everything(1000 + self.fits)
        with self._at_work(self.train, "fit") as samples:
            model = self.model_class(self.params, "cpu")
            model.fit(samples, SEED)
        return model

    @cached_property
    def fitted(self) -> AnomalyModel:
        """The fitted model."""
        return self.fit()

    @cached_property
    def predictions(self) -> list[Prediction]:
        """Its predictions of the test samples."""
        return self.predict(self.fitted)

    def predict(self, model: AnomalyModel, samples: Samples | None = None) -> list[Prediction]:
        """A model's predictions, of the test samples by default."""
        with self._at_work(self.test if samples is None else samples, "predict") as given:
            return list(model.predict(given))

    @cached_property
    def saved(self) -> Path:
        """The folder that the fitted model was saved into."""
        with self._at_work(self.test, "save"):
            self.fitted.save(self.root / "model")
        return self.root / "model"

    @contextlib.contextmanager
    def _at_work(self, samples: Samples, method: str) -> Iterator[Samples]:
        """Work in the empty folder; see what becomes of it and of the manifest."""
        before = samples.frame.copy()
        with contextlib.chdir(self.root / "work"):
            yield samples
            if Path.cwd() != self.root / "work":
                raise CheckFailedError(
                    f"{method} changed the working folder (os.chdir): change none"
                )
        if not samples.frame.equals(before):
            self.edited.add(method)
