from typing import Any

import pytest

from iadbe.errors import ConfigError
from iadbe.models.anomalib import AnomalibParams


def _arguments(name: str, size: int, **settings: Any) -> dict[str, Any]:
    from iadbe.models.anomalib import derived

    return derived.arguments(AnomalibParams(name=name, **settings), size)


@pytest.mark.slow  # the first of these imports torch
def test_lists_become_tuples_where_the_model_wants_one() -> None:
    assert _arguments("Draem", 64, args={"beta": [0.1, 0.5]})["beta"] == (0.1, 0.5)


def test_the_size_is_filled_in() -> None:
    assert _arguments("Glass", 64)["input_shape"] == (64, 64)
    assert _arguments("FoundAD", 70)["image_size"] == 70


def test_the_schedule_follows_the_epochs() -> None:
    assert _arguments("GeneralAD", 56, epochs=3)["epochs"] == 3


@pytest.mark.slow
def test_fre_counts_its_features() -> None:
    lite0 = {"backbone": "tf_efficientnet_lite0", "layer": "blocks.4", "pooling_kernel_size": 2}
    assert _arguments("Fre", 256, args=lite0)["input_dim"] == 112 * 8 * 8
    assert _arguments("Fre", 256)["input_dim"] == 65536


def test_what_agrees_may_be_said() -> None:
    assert _arguments("Glass", 64, args={"input_shape": [64, 64]})["input_shape"] == (64, 64)


@pytest.mark.parametrize(
    ("name", "args", "told"),
    [
        ("Glass", {"input_shape": [288, 288]}, r"args\.input_shape .* must be \(64, 64\)"),
        ("FoundAD", {"image_size": 518}, r"args\.image_size .* must be 64"),
    ],
)
def test_what_contradicts_is_refused(name: str, args: dict[str, Any], told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        _arguments(name, 64, args=args)
