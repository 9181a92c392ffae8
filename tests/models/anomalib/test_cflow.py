"""CFLOW's fixed scale against Anomalib's, which depends on the batch."""

import pytest
import torch

pytestmark = pytest.mark.slow
HEIGHT, WIDTH, EDGE = 3, 4, 8


@pytest.fixture
def likelihoods() -> list[torch.Tensor]:
    """Log likelihoods of two images in two layers, the second far less likely."""
    generator = torch.Generator().manual_seed(0)
    layers = [-torch.rand(2 * HEIGHT * WIDTH, generator=generator) for _ in range(2)]
    for layer in layers:
        layer[HEIGHT * WIDTH :] -= 2
    return layers


def _maps(generator: torch.nn.Module, layers: list[torch.Tensor]) -> torch.Tensor:
    height, width = [HEIGHT] * 2, [WIDTH] * 2
    return generator(
        distribution=layers, height=height, width=width, image_size=torch.Size([EDGE, EDGE])
    )


def test_is_anomalibs_map_up_to_a_constant_where_both_see_the_same_images(
    likelihoods: list[torch.Tensor],
) -> None:
    from anomalib.models.image.cflow.anomaly_map import AnomalyMapGenerator

    from iadbe.models.anomalib.cflow import FixedScaleMaps

    ours, theirs = FixedScaleMaps(["a", "b"]), AnomalyMapGenerator(["a", "b"])
    ours.highest.copy_(torch.stack([layer.max() for layer in likelihoods]))
    difference = _maps(theirs, likelihoods) - _maps(ours, likelihoods)
    assert torch.allclose(difference, difference.mean(), atol=1e-5)


def test_an_image_alone_has_the_map_it_has_among_others(likelihoods: list[torch.Tensor]) -> None:
    from anomalib.models.image.cflow.anomaly_map import AnomalyMapGenerator

    from iadbe.models.anomalib.cflow import FixedScaleMaps

    alone = [layer[HEIGHT * WIDTH :] for layer in likelihoods]
    ours, theirs = FixedScaleMaps(["a", "b"]), AnomalyMapGenerator(["a", "b"])
    assert torch.equal(_maps(ours, alone)[0], _maps(ours, likelihoods)[1])
    assert not torch.allclose(_maps(theirs, alone)[0], _maps(theirs, likelihoods)[1], atol=0.1)


def test_less_likely_is_stranger(likelihoods: list[torch.Tensor]) -> None:
    from iadbe.models.anomalib.cflow import FixedScaleMaps

    normal, strange = _maps(FixedScaleMaps(["a", "b"]), likelihoods)
    assert strange.min() > normal.max()
