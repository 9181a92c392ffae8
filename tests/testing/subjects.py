"""A model that keeps the contract, and models that each break it in one way."""

import os
import pickle
import random
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from iadbe.models.protocol import Prediction


class Good:
    api_version = 1
    supervision = "unsupervised"
    localizes = True

    class Params(BaseModel):
        model_config = ConfigDict(extra="forbid")

    def __init__(self, params, device):
        self.mean = 0.0

    def fit(self, samples, seed):
        self.mean = float(np.mean([sample.image.mean() for sample in samples]))

    def predict(self, samples):
        for sample in samples:
            yield self.score(sample)

    def score(self, sample):
        anomaly_map = np.abs(sample.image.mean(axis=2) - self.mean)
        return Prediction(sample.sample_id, float(anomaly_map.max()), anomaly_map)

    def save(self, folder):
        np.save(folder / "mean.npy", self.mean)

    @classmethod
    def load(cls, folder, device):
        model = cls(None, device)
        model.mean = float(np.load(folder / "mean.npy"))
        return model


class GoodWithoutMaps(Good):
    localizes = False

    def score(self, sample):
        return super().score(sample)._replace(anomaly_map=None)


class GoodSupervised(Good):
    supervision = "supervised"

    def fit(self, samples, seed):
        assert {sample.label for sample in samples} == {0, 1}
        assert any(sample.boxes for sample in samples)
        super().fit(samples, seed)


class NoLocalizes(Good):
    localizes = None


class LaxParams(Good):
    class Params(BaseModel):
        model_config = ConfigDict(extra="ignore")


class WantsLabels(Good):
    def fit(self, samples, seed):
        if samples[0].label is None:
            raise ValueError("which ones are normal?")


class OneTooFew(Good):
    def predict(self, samples):
        return (self.score(sample) for sample in samples[:-1])


class WrongOrder(Good):
    def predict(self, samples):
        return (self.score(samples[i]) for i in reversed(range(len(samples))))


class NotFinite(Good):
    def score(self, sample):
        return super().score(sample)._replace(image_score=float("nan"))


class WrongShape(Good):
    def score(self, sample):
        return super().score(sample)._replace(anomaly_map=np.zeros((8, 8)))


class ArrayScore(Good):
    def score(self, sample):
        return super().score(sample)._replace(image_score=np.array(0.5))


class NoMap(Good):
    def score(self, sample):
        return super().score(sample)._replace(anomaly_map=None)


class Lists(Good):
    def predict(self, samples):
        return [self.score(sample) for sample in samples]


class ReadsAllFirst(Good):
    def predict(self, samples):
        yield from [self.score(sample) for sample in samples]


class NeedsTwo(Good):
    def predict(self, samples):
        if len(samples) == 1:
            raise ValueError("batch of one")
        yield from super().predict(samples)


class Unseeded(Good):
    def fit(self, samples, seed):
        self.mean = random.random()


class Pickles(Good):
    def save(self, folder):
        (folder / "model.bin").write_bytes(pickle.dumps(self.mean))

    @classmethod
    def load(cls, folder, device):
        model = cls(None, device)
        model.mean = pickle.loads((folder / "model.bin").read_bytes())
        return model


class ObjectArray(Good):
    def save(self, folder):
        super().save(folder)
        np.save(folder / "extra.npy", np.array([{}], dtype=object))


class Forgets(Good):
    @classmethod
    def load(cls, folder, device):
        return cls(None, device)


class CannotLoad(Good):
    @classmethod
    def load(cls, folder, device):
        raise RuntimeError("no weights here")


class EditsManifest(Good):
    def predict(self, samples):
        yield from super().predict(samples)
        samples.frame.loc[0, "sample_id"] = "mine"


class EditsImages(Good):
    def fit(self, samples, seed):
        super().fit(samples, seed)
        (samples[0].image_path.parent / "labels.cache").write_text("")


class Litters(Good):
    def fit(self, samples, seed):
        super().fit(samples, seed)
        Path("runs").mkdir()


class ChangesFolder(Good):
    def fit(self, samples, seed):
        super().fit(samples, seed)
        os.chdir("/")
