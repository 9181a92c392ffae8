"""The model under test with all that the checks share, made once and when first needed."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import BaseModel

from iadbe.models.card import Card
from iadbe.models.protocol import AnomalyModel, Prediction
from iadbe.samples import Samples
from iadbe.seeding import seed_everything
from iadbe.testing.drawn import copied_elsewhere, draw_dataset
from iadbe.testing.written import written

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
        card: What is said of the model with these parameters; by default the class's own card.
    """

    def __init__(
        self,
        model_class: type[AnomalyModel],
        given: dict[str, Any] | None = None,
        size: int = 64,
        card: Card | None = None,
    ) -> None:
        self.model_class = model_class
        own = getattr(model_class, "card", None)
        self.card = card or (own if isinstance(own, Card) else None)
        self.given = given or {}
        self.size = size
        self.edited: set[str] = set()
        self.written: set[str] = set()
        self.fits = 0
        self.root = Path(tempfile.mkdtemp(prefix="iadbe-check-")).resolve()
        self.close = weakref.finalize(self, shutil.rmtree, self.root, ignore_errors=True)
        for name in ("data", "elsewhere", "work", "model"):
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
        data = self.root / "data"
        return {
            file.relative_to(data).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in sorted(data.rglob("*"))
            if file.is_file()
        }

    @property
    def params(self) -> BaseModel:
        """The validated parameters."""
        return self.model_class.Params.model_validate(self.given)

    @property
    def supervised(self) -> bool:
        """Whether the model learns from labels."""
        return self.model_class.supervision == "supervised"

    @property
    def deterministic(self) -> bool:
        """Whether the model claims to give the same scores from the same seed."""
        return self.card is None or self.card.deterministic

    @property
    def train(self) -> Samples:
        """What the engine would give to `fit`."""
        return self._train_of(self.frame)

    @property
    def test(self) -> Samples:
        """What the engine would give to `predict`: no labels."""
        return self._test_of(self.frame)

    @property
    def test_elsewhere(self) -> Samples:
        """Copies of the test images in another folder, under neutral names."""
        return self._test_of(self.frame_elsewhere)

    @cached_property
    def frame_elsewhere(self) -> pd.DataFrame:
        """The manifest of copies of the images: neutral names, no masks."""
        return copied_elsewhere(self.frame, self.root / "elsewhere")

    def _train_of(self, frame: pd.DataFrame) -> Samples:
        rows = frame[frame["split"] == "train"]
        shown = rows if self.supervised else rows[rows["label"] == 0]
        return Samples(shown, self.size, labelled=self.supervised)

    def _test_of(self, frame: pd.DataFrame) -> Samples:
        return Samples(frame[frame["split"] == "test"], self.size)

    def fit(self, samples: Samples) -> AnomalyModel:
        """A newly fitted model; the global generators differ from fit to fit."""
        _ = self.files_drawn
        self.fits += 1
        seed_everything(1000 + self.fits)
        with self._at_work(samples, "fit") as given:
            model = self.model_class(self.params, "cpu")
            model.fit(given, SEED)
        return model

    @cached_property
    def fitted(self) -> AnomalyModel:
        """The fitted model."""
        return self.fit(self.train)

    @cached_property
    def predictions(self) -> list[Prediction]:
        """Its predictions of the test samples."""
        return self.predict(self.fitted)

    @cached_property
    def predictions_elsewhere(self) -> list[Prediction]:
        """Those of a model fitted, with the same seed, on copies of the images, of such copies.

        A supervised model needs masks: it is fitted on the images where they are.
        """
        frame = self.frame if self.supervised else self.frame_elsewhere
        return self.predict(self.fit(self._train_of(frame)), self.test_elsewhere)

    @cached_property
    def predictions_again(self) -> list[Prediction]:
        """Those of a model fitted as the first was, with the same seed."""
        return self.predict(self.fit(self.train))

    def predict(self, model: AnomalyModel, samples: Samples | None = None) -> list[Prediction]:
        """A model's predictions, of the test samples by default; at most one too many."""
        with self._at_work(self.test if samples is None else samples, "predict") as given:
            return list(itertools.islice(model.predict(given), len(given) + 1))

    @cached_property
    def saved(self) -> Path:
        """The folder that the fitted model was saved into."""
        with self._at_work(self.test, "save"):
            self.fitted.save(self.root / "model")
        return self.root / "model"

    @contextlib.contextmanager
    def _at_work(self, samples: Samples, method: str) -> Iterator[Samples]:
        """Work in the empty folder; see what is written, and what becomes of the manifest."""
        before = samples.frame.copy()
        with contextlib.chdir(self.root / "work"), written() as paths:
            yield samples
            self.written |= paths
            if Path.cwd() != self.root / "work":
                raise CheckFailedError(
                    f"{method} changed the working folder (os.chdir): change none"
                )
        if not samples.frame.equals(before):
            self.edited.add(method)
