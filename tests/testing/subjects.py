"""A model that keeps the contract, and models that each break it in one way."""

import os
import pickle
import random
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict, SkipValidation, field_validator, model_validator

from iadbe.models.card import Card
from iadbe.models.protocol import Prediction
from iadbe.models.weights import timm_weights, url_file


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


class GoodWithAll(Good):
    card = Card(year=2021, code_licence="MIT")
    libraries = ("numpy",)

    class Params(BaseModel):
        model_config = ConfigDict(extra="forbid")
        depth: int = 3
        layers: list[str] = []
        options: dict[str, Any] = {}
        anything: Any = None
        perhaps: Any | None = None
        file: Path | None = None

    @classmethod
    def weights(cls, params):
        return [timm_weights("resnet18"), url_file("https://example.com/textures.tar.gz")]

    @classmethod
    def stand_ins(cls, params):
        return ["timm/resnet18"]


class GoodByChance(Good):
    """Says itself that it is not deterministic."""

    card = Card(deterministic=False)

    def fit(self, samples, seed):
        self.mean = random.random()


class NoLocalizes(Good):
    localizes = None


class LaxParams(Good):
    class Params(BaseModel):
        model_config = ConfigDict(extra="ignore")


class DictCard(Good):
    card: ClassVar = {"year": 2021}


class MadeUpCard(Good):
    card = Card.model_construct(year="long ago")


class WeightsOfAnInstance(Good):
    def weights(self, params):
        return []


class WeightsByName(Good):
    @classmethod
    def weights(cls, params):
        return ["timm/resnet18"]


class WeightsTwice(Good):
    @classmethod
    def weights(cls, params):
        return [timm_weights("resnet18"), timm_weights("resnet18")]


class WeightsInAFolder(Good):
    @classmethod
    def weights(cls, params):
        return [timm_weights("nested/resnet18")]


class StandInsAsABool(Good):
    @classmethod
    def stand_ins(cls, params):
        return [True]


class DropsUnknown(Good):
    class Params(BaseModel):
        model_config = ConfigDict(extra="forbid")
        depth: int = 3

        @model_validator(mode="before")
        @classmethod
        def _known(cls, given):
            return {key: value for key, value in given.items() if key == "depth"}


class LooseTypes(Good):
    class Params(BaseModel):
        model_config = ConfigDict(extra="forbid")
        depth: SkipValidation[int] = 3
        width: int = 4


class ValidatorBreaks(Good):
    class Params(BaseModel):
        model_config = ConfigDict(extra="forbid")
        backbone: str = "resnet18"

        @field_validator("backbone", mode="before")
        @classmethod
        def _lower(cls, value):
            return value.lower()


class WantsLabels(Good):
    def fit(self, samples, seed):
        if samples[0].label is None:
            raise ValueError("which ones are normal?")


class LogOfADict(Good):
    def fit(self, samples, seed):
        super().fit(samples, seed)
        self.training_log = {"epochs": 1}


class Tuples(Good):
    def score(self, sample):
        return tuple(super().score(sample))


class OneTooFew(Good):
    def predict(self, samples):
        return (self.score(sample) for sample in samples[: max(1, len(samples) - 1)])


class OneTooMany(Good):
    def predict(self, samples):
        yield from super().predict(samples)
        if len(samples) > 1:
            yield self.score(samples[0])


class WrongOrder(Good):
    def predict(self, samples):
        return (self.score(samples[i]) for i in reversed(range(len(samples))))


class NotFinite(Good):
    def score(self, sample):
        return super().score(sample)._replace(image_score=float("nan"))


class WrongShape(Good):
    def score(self, sample):
        return super().score(sample)._replace(anomaly_map=np.zeros((8, 8)))


class InfiniteMap(Good):
    def score(self, sample):
        return super().score(sample)._replace(anomaly_map=np.full((64, 64), np.inf))


class ListMap(Good):
    def score(self, sample):
        prediction = super().score(sample)
        return prediction._replace(anomaly_map=prediction.anomaly_map.tolist())


class BoxesNowAndThen(Good):
    def score(self, sample):
        boxes = np.zeros((1, 5)) if sample.image.max() > 0.9 else None
        return super().score(sample)._replace(boxes=boxes)


class BoxesInPixels(Good):
    def score(self, sample):
        return super().score(sample)._replace(boxes=np.array([[3.0, 4.0, 12.0, 20.0, 0.5]]))


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


class LooksAround(Good):
    """Scores what stands out among the images of the call."""

    def predict(self, samples):
        usual = np.mean([sample.image.mean() for sample in samples[:32]])
        for sample in samples:
            prediction = self.score(sample)
            yield prediction._replace(image_score=abs(float(sample.image.mean() - usual)))


class GoodInBatches(Good):
    batch_size = 4

    def parameter_count(self):
        return 1

    def predict(self, samples):
        for start in range(0, len(samples), self.batch_size):
            batch = [self.score(sample) for sample in samples[start : start + self.batch_size]]
            yield from self.together(batch)

    def together(self, batch):
        return batch


class MinglesBatches(GoodInBatches):
    batch_size = 1

    def together(self, batch):
        usual = 0.1 * np.mean([prediction.image_score for prediction in batch[:-1]] or 0.0)
        return [p._replace(image_score=float(p.image_score + usual)) for p in batch]


class CountsAsAProperty(Good):
    @property
    def parameter_count(self):
        return 1


class Unseeded(Good):
    def fit(self, samples, seed):
        self.mean = random.random()


class ReadsTheName(Good):
    def score(self, sample):
        prediction = super().score(sample)
        bonus = 0.0 if "good" in str(sample.image_path) else 1.0
        return prediction._replace(image_score=prediction.image_score + bonus)


class ReadsTheId(Good):
    def score(self, sample):
        prediction = super().score(sample)
        return prediction._replace(image_score=float(len(sample.sample_id)))


class LooksForMasks(Good):
    def fit(self, samples, seed):
        super().fit(samples, seed)
        masks = samples[0].image_path.parents[2].glob("ground_truth/**/*.png")
        self.mean += len(list(masks))


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


class OnePerProcess(Good):
    """Cannot be made twice, as what registers itself by name with a library cannot."""

    fitted_here = False

    def fit(self, samples, seed):
        super().fit(samples, seed)
        type(self).fitted_here = True

    @classmethod
    def load(cls, folder, device):
        if cls.fitted_here:
            raise KeyError("a model of this name is registered already")
        return super().load(folder, device)


class RemembersInTheClass(Good):
    """Keeps what it learns where only this process finds it."""

    means: ClassVar = {}

    def fit(self, samples, seed):
        super().fit(samples, seed)
        self.means["last"] = self.mean

    @classmethod
    def load(cls, folder, device):
        model = cls(None, device)
        model.mean = cls.means["last"]
        return model


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
        Path("runs").mkdir(exist_ok=True)


class WritesAtHome(Good):
    def fit(self, samples, seed):
        super().fit(samples, seed)
        (Path.home() / "toy.cache").write_text("mine")


class ChangesFolder(Good):
    def fit(self, samples, seed):
        super().fit(samples, seed)
        os.chdir("/")
