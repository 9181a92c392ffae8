"""A fast model that can be told to misbehave, installed for tests by putting this on the path."""

import json
import os
import signal
import time
from pathlib import Path

import numpy as np
from pydantic import BaseModel

from iadbe.models.card import Card, Expected
from iadbe.models.protocol import Prediction
from iadbe.models.weights import timm_weights, url_file


def die_at_write(number):
    """End this process, as kill -9 would, at the n-th time that a file is put in place."""
    if number:
        left = iter(range(number - 1, -1, -1))

        def watched(original):
            def put_in_place(*arguments):
                if next(left, 1) == 0:
                    os._exit(9)
                return original(*arguments)

            return put_in_place

        Path.replace, Path.rename = watched(Path.replace), watched(Path.rename)


def colourful(sample):
    """How far the channels are apart at each pixel: a red defect is easy to find on grey parts."""
    return np.ptp(sample.image, axis=2)


class Toy:
    """Distance of the image's colourfulness to that of the mean training image."""

    api_version = 1
    supervision = "unsupervised"
    localizes = True

    class Params(BaseModel, extra="forbid"):
        """How to behave, and in which category (all if empty)."""

        behave: str = "well"
        category: str = ""
        scale: float = 1.0
        seconds: float = 0.0

    def __init__(self, params, device):
        self.params = params

    def fit(self, samples, seed):
        here = samples[0].sample_id.startswith(self.params.category)
        self.behave = self.params.behave if here else "well"
        time.sleep(self.params.seconds)
        deaths = json.loads(os.environ.get("IADBE_TOYS_DIE_AT", "{}"))
        die_at_write(deaths.get(str(self.params.scale), 0))
        if self.behave == "raises":
            raise RuntimeError("the toy broke on purpose")
        if self.behave == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.behave == "hoards":
            hoard = []
            for _ in range(40):
                hoard.append(np.ones(10_000_000))  # 80 MB
                time.sleep(0.1)
        print("chatter of a third party")
        self.home = samples[0].sample_id.split("/")[0]
        noise = np.random.default_rng(seed).normal(0, 0.01)
        self.mean = np.mean([colourful(sample) for sample in samples], axis=0) + noise

    def predict(self, samples):
        for sample in samples[: 3 if self.behave == "too_few" else len(samples)]:
            self.leave(sample)
            difference = np.abs(colourful(sample) - self.mean) * self.params.scale
            if self.behave == "misshapen":
                difference = difference[1:]
            score = float("nan") if self.behave == "nan" else float(difference.max())
            yield Prediction(sample.sample_id, score, difference.astype(np.float32))

    def leave(self, sample):
        """What a model that is asked about another category than its own may do."""
        if sample.sample_id.startswith(f"{self.home}/"):
            return
        if self.behave == "homesick":
            raise RuntimeError("the toy knows only its own category")
        if self.behave == "dies_away":
            os.kill(os.getpid(), signal.SIGKILL)

    def save(self, folder):
        np.save(folder / "mean.npy", self.mean, allow_pickle=False)
        state = {"params": self.params.model_dump(), "behave": self.behave, "home": self.home}
        (folder / "state.json").write_text(json.dumps(state))

    @classmethod
    def load(cls, folder, device):
        state = json.loads((folder / "state.json").read_text())
        model = cls(cls.Params(**state["params"]), device)
        model.behave, model.home = state["behave"], state["home"]
        model.mean = np.load(folder / "mean.npy")
        return model


class RandomWeights(Toy):
    """Says that it runs on random weights."""

    @classmethod
    def stand_ins(cls, params):
        return ["timm/resnet18"]


class Carded(RandomWeights):
    """Says all that can be said of a model."""

    card = Card(
        title="Toy model with a card",
        paper="Somebody: A toy, Toys 2021",
        year=2021,
        code_licence="MIT",
        expected=(Expected(value=0.91, setting="128 px", source="table 1"),),
        traps=("Drawn by hand.",),
    )

    @classmethod
    def weights(cls, params):
        return [
            timm_weights("resnet18", "Apache-2.0"),
            url_file("https://example.com/more.zip", megabytes=3),
        ]


class Outdated(Toy):
    """Written for a contract that is no more."""

    api_version = 0


class FilesRaise(Toy):
    """Breaks when it is asked which files it needs."""

    @classmethod
    def files(cls, params):
        raise KeyError("weights")
