import pytest
from pydantic import ValidationError

from iadbe.models.anomalib import AnomalibParams


def test_suggests_the_model_meant() -> None:
    with pytest.raises(ValidationError, match="did you mean Padim"):
        AnomalibParams(name="padin")


def test_suggests_the_argument_meant_and_lists_the_allowed() -> None:
    with pytest.raises(ValidationError, match=r"did you mean layers\?.*n_features"):
        AnomalibParams(name="Padim", args={"layer": ["blocks.2"]})


def test_refuses_arguments_that_the_adapter_sets() -> None:
    with pytest.raises(ValidationError, match="unknown argument of Padim 'evaluator'"):
        AnomalibParams(name="Padim", args={"evaluator": True})


@pytest.mark.parametrize(
    "extra",
    [
        {"epoch": 3}, {"epochs": 0}, {"batch_size": 0}, {"max_steps": 0}, {"image_size": 0},
        {"gradient_clip": 0}, {"weights": "some"},
    ],
)  # fmt: skip
def test_refuses_unknown_or_senseless_parameters(extra: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        AnomalibParams(name="Stfpm", **extra)


def test_the_backbone_comes_from_args_or_the_class() -> None:
    assert AnomalibParams(name="Padim").backbone == "resnet18"
    assert AnomalibParams(name="Padim", args={"backbone": "resnet34"}).backbone == "resnet34"
    assert AnomalibParams(name="Ganomaly").backbone is None
    assert AnomalibParams(name="Cfa").backbone is None
