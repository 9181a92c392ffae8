from typing import Any

import pytest

from iadbe.errors import ConfigError
from iadbe.models.anomalib import AnomalibParams
from iadbe.models.anomalib.sizes import check_size


def _params(name: str, **args: Any) -> AnomalibParams:
    return AnomalibParams(name=name, args=args)


@pytest.mark.parametrize(
    ("params", "size", "rule"),
    [
        (_params("Dinomaly"), 400, "a multiple of 14 px, not 400: set params.image_size: 406"),
        (_params("AnomalyDINO"), 256, "a multiple of 14 .*image_size: 252"),
        (_params("FoundAD"), 256, "a multiple of 14"),
        (_params("FoundAD", encoder_name="dinov3_vit_base_16"), 518, "a multiple of 16"),
        (_params("L2BT"), 256, "a multiple of 14"),
        (_params("Rad"), 250, "a multiple of 16"),
        (_params("Uflow"), 256, "exactly 448 px, not 256: set params.image_size: 448"),
        (_params("Uflow", backbone="resnet18"), 250, "a multiple of 16"),
        (_params("WinClip"), 256, "exactly 240"),
        (_params("Csflow"), 192, "a multiple of 128"),
        (_params("EfficientAd"), 128, "at least 256"),
        (_params("Supersimplenet"), 64, "at least 128"),
    ],
)
def test_refuses_a_size_with_the_nearest_that_fits(
    params: AnomalibParams, size: int, rule: str
) -> None:
    with pytest.raises(ConfigError, match=rf"{params.name} takes images of {rule}"):
        check_size(params, size)


@pytest.mark.parametrize(
    ("params", "size"),
    [
        (_params("Dinomaly"), 392),
        (_params("Uflow"), 448),
        (_params("Uflow", backbone="resnet18"), 64),
        (_params("Padim"), 250),
        (_params("Patchflow", backbone="vit_base_patch14_dinov2"), 56),
        (_params("EfficientAd"), 300),
    ],
)
def test_takes_what_fits(params: AnomalibParams, size: int) -> None:
    check_size(params, size)


def test_the_size_that_the_message_names_fits() -> None:
    for size in range(20, 600):
        with pytest.raises(ConfigError) as raised:
            check_size(_params("Dinomaly"), size if size % 14 else size + 1)
        check_size(_params("Dinomaly"), int(str(raised.value).rpartition(" ")[2]))
