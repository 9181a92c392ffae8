"""Contract of the adapter on real fits at small size."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from iadbe.errors import ConfigError, ContractError, DataError, WeightsError
from iadbe.models.anomalib import AnomalibModel
from iadbe.models.protocol import AnomalyModel, Prediction
from iadbe.samples import Samples

MODELS = ["Dfkde", "Padim", "Patchcore", "Stfpm"]
Make = Callable[..., AnomalibModel]


@pytest.fixture(scope="module")
def make(settings: Callable[[str], dict[str, Any]]) -> Make:
    """A model that is not trained yet."""

    def by_name(name: str, **changes: object) -> AnomalibModel:
        return AnomalibModel(AnomalibModel.Params(**{**settings(name), **changes}), "cpu")

    return by_name


def _bytes(predictions: list[Prediction]) -> bytes:
    scores = np.array([prediction.image_score for prediction in predictions]).tobytes()
    maps = [prediction.anomaly_map for prediction in predictions]
    return scores + b"".join(plane.tobytes() for plane in maps if plane is not None)


@pytest.fixture(scope="module", params=MODELS)
def fitted(request: pytest.FixtureRequest, make: Make, train_samples: Samples) -> AnomalibModel:
    model = make(request.param)
    model.fit(train_samples, seed=0)
    return model


def test_is_an_anomaly_model(make: Make) -> None:
    assert isinstance(make("Padim"), AnomalyModel)


@pytest.mark.slow
def test_predicts_in_order_with_maps_where_it_localizes(
    fitted: AnomalibModel, test_samples: Samples
) -> None:
    predictions = list(fitted.predict(test_samples))
    assert [p.sample_id for p in predictions] == [sample.sample_id for sample in test_samples]
    assert all(np.isfinite(p.image_score) for p in predictions)
    assert all(p.latency_ms is not None and p.latency_ms > 0 for p in predictions)
    assert fitted.localizes == (fitted.params.name != "Dfkde")
    for prediction in predictions:
        if not fitted.localizes:
            assert prediction.anomaly_map is None
            continue
        assert prediction.anomaly_map is not None
        assert prediction.anomaly_map.shape == (test_samples.size, test_samples.size)
        assert prediction.anomaly_map.dtype == np.float32


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Padim", "Patchcore"])
def test_anomalous_samples_score_higher(
    make: Make, name: str, train_samples: Samples, test_samples: Samples
) -> None:
    model = make(name)
    model.fit(train_samples, seed=0)
    scores = [p.image_score for p in model.predict(test_samples)]
    assert min(scores[5:]) > max(scores[:5])


@pytest.mark.slow
def test_same_seed_same_bytes(
    make: Make, fitted: AnomalibModel, train_samples: Samples, test_samples: Samples
) -> None:
    again = make(fitted.params.name)
    again.fit(train_samples, seed=0)
    assert _bytes(list(again.predict(test_samples))) == _bytes(list(fitted.predict(test_samples)))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Padim", "Patchcore", "Stfpm"])
def test_another_seed_another_model(
    make: Make, name: str, train_samples: Samples, test_samples: Samples
) -> None:
    scores = []
    for seed in (0, 1):
        model = make(name)
        model.fit(train_samples, seed=seed)
        scores.append(_bytes(list(model.predict(test_samples))))
    assert scores[0] != scores[1]


@pytest.mark.slow
def test_a_loaded_model_gives_the_same_bytes_without_weights(
    fitted: AnomalibModel,
    test_samples: Samples,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fitted.save(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["model.safetensors", "params.json"]

    def absent(backbone: str) -> Path:
        raise AssertionError(f"load asked for the weights of {backbone}")

    monkeypatch.setattr("iadbe.models.weights.timm_backbone.weights_file", absent)
    loaded = AnomalibModel.load(tmp_path, "cpu")
    assert loaded.params == fitted.params
    assert _bytes(list(loaded.predict(test_samples))) == _bytes(list(fitted.predict(test_samples)))


@pytest.mark.slow
def test_fitting_leaves_nothing_behind(
    make: Make, train_samples: Samples, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    monkeypatch.chdir(tmp_path)
    torch.manual_seed(5)
    state = torch.get_rng_state()
    make("Padim").fit(train_samples, seed=0)
    assert list(tmp_path.iterdir()) == []
    assert torch.equal(torch.get_rng_state(), state)
    assert not torch.are_deterministic_algorithms_enabled()


def test_missing_weights_are_found_before_training(
    train_samples: Samples, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from huggingface_hub import constants

    monkeypatch.delenv("IADBE_WEIGHTS", raising=False)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    model = AnomalibModel(AnomalibModel.Params(name="Stfpm", epochs=1), "cpu")
    with pytest.raises(WeightsError, match=r"resnet18\.safetensors"):
        AnomalibModel.files(model.params)
    with pytest.raises(WeightsError, match=r"resnet18\.safetensors"):
        model.fit(train_samples, seed=0)


def test_files_are_the_backbones_weights(make: Make) -> None:
    (file,) = AnomalibModel.files(make("Padim").params)
    assert file.suffix == ".pth"
    assert AnomalibModel.files(AnomalibModel.Params(name="Ganomaly")) == []
    untrained = AnomalibModel.Params(name="Padim", args={"pre_trained": False})
    assert AnomalibModel.files(untrained) == []


def test_files_of_a_named_folder_count(tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    texture = tmp_path / "class" / "1.jpg"
    texture.touch()
    params = AnomalibModel.Params(name="Draem", args={"dtd_dir": str(tmp_path)})
    assert AnomalibModel.files(params) == [texture]


def test_a_model_that_sees_no_images_says_so() -> None:
    def supervision(name: str, **args: object) -> str:
        return AnomalibModel(AnomalibModel.Params(name=name, args=args), "cpu").supervision

    assert supervision("Padim") == "unsupervised"
    assert supervision("AnomalyVFM") == supervision("WinClip") == "zero_shot"
    assert supervision("WinClip", k_shot=2) == "unsupervised"


def test_gradient_models_need_epochs(make: Make, train_samples: Samples) -> None:
    with pytest.raises(ConfigError, match=r"Stfpm.*params\.epochs"):
        make("Stfpm", epochs=None).fit(train_samples, seed=0)


def test_unknown_layers_are_refused_with_the_known(make: Make, train_samples: Samples) -> None:
    args = {"backbone": "tf_efficientnet_lite0", "layers": ["blocks.22"], "n_features": 10}
    with pytest.raises(ConfigError, match=r"no layer 'blocks\.22'.*blocks\.4"):
        make("Padim", args=args).fit(train_samples, seed=0)


def test_arguments_that_anomalib_refuses_name_the_model(make: Make, train_samples: Samples) -> None:
    args = {"backbone": "tf_efficientnet_lite0", "layers": ["blocks.2"], "n_features": 99}
    with pytest.raises(ConfigError, match=r"args of Padim.*n_features"):
        make("Padim", args=args).fit(train_samples, seed=0)


@pytest.mark.slow
def test_an_input_size_of_its_own_keeps_the_size_of_the_maps(
    make: Make, train_samples: Samples, test_samples: Samples, tmp_path: Path
) -> None:
    model = make("Padim", image_size=96)
    model.fit(train_samples, seed=0)
    predictions = list(model.predict(test_samples))
    assert {p.anomaly_map.shape for p in predictions if p.anomaly_map is not None} == {(64, 64)}
    scores = [p.image_score for p in predictions]
    assert min(scores[5:]) > max(scores[:5])
    model.save(tmp_path)
    loaded = AnomalibModel.load(tmp_path, "cpu")
    assert _bytes(list(loaded.predict(test_samples))) == _bytes(predictions)
    at_96 = make("Padim")
    at_96.fit(train_samples.at(96), seed=0)
    assert [p.image_score for p in at_96.predict(test_samples.at(96))] == scores


@pytest.mark.slow
def test_too_few_images_for_dfkde(make: Make, train_samples: Samples) -> None:
    with pytest.raises(DataError, match="n_pca_components"):
        make("Dfkde").fit(train_samples[:3], seed=0)


def test_an_untrained_model_does_not_predict(make: Make, test_samples: Samples) -> None:
    with pytest.raises(ContractError, match="not trained"):
        next(make("Padim").predict(test_samples))


@pytest.mark.slow
def test_another_image_size_is_refused(fitted: AnomalibModel, test_samples: Samples) -> None:
    other = Samples(test_samples.frame, 128)
    with pytest.raises(ContractError, match="64 px, asked for 128"):
        next(fitted.predict(other))
