"""Real fits of the plugin; the detector is real, its weights are random."""

import json

import numpy as np
import pytest
from PIL import Image

from iadbe.errors import ContractError, DataError, WeightsError
from iadbe.models.rkde import RkdeModel, RkdeParams
from iadbe.samples import Samples


def fitted(params, train, seed=0):
    model = RkdeModel(RkdeParams(**params), "cpu")
    model.fit(train, seed)
    return model


def constant_images(frame, folder):
    """The same rows, each image of one grey."""
    paths = []
    for number, _ in enumerate(frame.index):
        path = folder / f"{number}.png"
        Image.fromarray(np.full((64, 64, 3), 120, dtype=np.uint8)).save(path)
        paths.append(str(path))
    return Samples(frame.assign(image_path=paths), 64)


def test_random_weights_are_named_as_stand_ins():
    params = RkdeParams(weights="random")
    assert RkdeModel.weights(params) == []
    assert RkdeModel.files(params) == []
    assert RkdeModel.stand_ins(params) == ["torchvision/fasterrcnn_resnet50_fpn"]


def test_pretrained_weights_are_declared_and_a_missing_file_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("IADBE_OFFLINE", "1")
    monkeypatch.setenv("IADBE_WEIGHTS", str(tmp_path))
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    params = RkdeParams()
    assert RkdeModel.stand_ins(params) == []
    with pytest.raises(WeightsError, match=r"fasterrcnn_resnet50_fpn_coco-258fb6c6\.pth"):
        RkdeModel.files(params)


def test_it_is_not_asked_before_it_is_trained(train, small):
    with pytest.raises(ContractError, match="call fit or load first"):
        next(RkdeModel(RkdeParams(**small), "cpu").predict(train))


@pytest.mark.slow
def test_the_checkpoints_are_those_of_torchvision():
    from torchvision.models import get_model_weights

    from iadbe.models.rkde.params import CHECKPOINTS

    for detector, file in CHECKPOINTS.items():
        assert get_model_weights(detector).DEFAULT.url.endswith(f"/{file}")


@pytest.mark.slow
def test_a_local_checkpoint_is_loaded(monkeypatch, tmp_path, small):
    import torch

    from iadbe.models.rkde.detector import build

    params = RkdeParams(**{**small, "weights": "pretrained"})
    published = build(params, pretrained=False, seed=7).state_dict()
    torch.save(published, tmp_path / RkdeModel.weights(params)[0].file)
    monkeypatch.setenv("IADBE_WEIGHTS", str(tmp_path))
    loaded = build(params, pretrained=True, seed=1).state_dict()
    assert all(torch.equal(loaded[name], published[name]) for name in published)


@pytest.mark.slow
def test_regions_are_scored_and_painted(train, test_samples, small):
    model = fitted(small, train)
    levels = set()
    for prediction in model.predict(test_samples):
        assert prediction.anomaly_map.max() == pytest.approx(prediction.image_score, rel=1e-6)
        levels.add(len(np.unique(prediction.anomaly_map)))
    assert max(levels) > 3


@pytest.mark.slow
def test_without_regions_the_whole_image_is_scored(train, test_samples, small):
    model = fitted({**small, "roi_score_threshold": 1.0}, train)
    predictions = list(model.predict(test_samples))
    for prediction in predictions:
        assert np.ptp(prediction.anomaly_map) == 0
    assert len({prediction.image_score for prediction in predictions}) == len(predictions)


@pytest.mark.slow
def test_images_that_do_not_vary_give_finite_scores(drawn, test_samples, small, tmp_path):
    train = constant_images(drawn[:8], tmp_path)
    model = fitted({**small, "roi_score_threshold": 1.0}, train)
    same = [prediction.image_score for prediction in model.predict(train[:3])]
    others = [prediction.image_score for prediction in model.predict(test_samples)]
    assert np.isfinite(same + others).all()
    assert max(same) < min(others)


@pytest.mark.slow
def test_one_image_with_regions_is_enough(train, test_samples, small):
    model = fitted({**small, "roi_score_threshold": 0.0, "n_pca_components": 2}, train[:1])
    scores = [prediction.image_score for prediction in model.predict(test_samples)]
    assert np.isfinite(scores).all()


@pytest.mark.slow
def test_too_few_regions_are_refused_in_words(train, small):
    params = {**small, "roi_score_threshold": 1.0, "n_pca_components": 16}
    with pytest.raises(DataError, match=r"1 regions in 1 training images .* n_pca_components = 16"):
        fitted(params, train[:1])


@pytest.mark.slow
def test_no_more_training_regions_than_allowed_are_kept(train, small, tmp_path):
    model = fitted({**small, "max_training_points": 7}, train)
    model.save(tmp_path)
    with np.load(tmp_path / "density.npz") as arrays:
        assert arrays["points"].shape == (7, 4)


@pytest.mark.slow
def test_a_saved_model_loads_without_any_weights(train, test_samples, small, monkeypatch, tmp_path):
    model = fitted(small, train)
    model.save(tmp_path)
    content = json.loads((tmp_path / "params.json").read_text())
    content["params"]["weights"] = "pretrained"  # as if it had been: there is no such file here
    (tmp_path / "params.json").write_text(json.dumps(content))
    monkeypatch.setenv("IADBE_OFFLINE", "1")
    loaded = RkdeModel.load(tmp_path, "cpu")
    expected = [prediction.image_score for prediction in model.predict(test_samples)]
    assert [prediction.image_score for prediction in loaded.predict(test_samples)] == expected


@pytest.mark.slow
def test_images_of_another_size_are_refused(train, small):
    model = fitted(small, train[:6])
    with pytest.raises(ContractError, match="trained on images of 64 px, asked for 32"):
        next(model.predict(train.at(32)))
