"""Raw scores rank as Anomalib's squashed ones do, and do not tie where those do."""

import pytest
import torch
from torch import nn

pytestmark = pytest.mark.slow


@pytest.fixture
def images() -> torch.Tensor:
    return torch.rand(3, 3, 128, 128, generator=torch.Generator().manual_seed(0))


def _draem() -> nn.Module:
    from anomalib.models.image.draem.torch_model import DraemModel

    return DraemModel()


def _supersimplenet() -> nn.Module:
    from anomalib.models.image.supersimplenet.torch_model import SupersimplenetModel

    from iadbe.models.weights import local_weights

    with local_weights(pretrained=False):
        return SupersimplenetModel(
            backbone="tf_efficientnet_lite0", layers=["blocks.2", "blocks.4"]
        )


@pytest.mark.parametrize("build", [_draem, _supersimplenet])
@torch.inference_mode()
def test_scores_are_the_logits_of_anomalibs(build, images: torch.Tensor) -> None:
    from iadbe.models.anomalib.raw import raw_scores

    torch.manual_seed(0)
    model = build().eval()
    scores, maps = raw_scores(model, images)
    theirs = model(images)
    assert torch.allclose(scores.sigmoid(), theirs.pred_score, atol=1e-6)
    assert torch.allclose(maps.sigmoid(), theirs.anomaly_map, atol=1e-6)


@torch.inference_mode()
def test_the_map_of_dsr_is_the_logit_of_anomalibs(images: torch.Tensor) -> None:
    from anomalib.models.image.dsr.torch_model import DsrModel

    from iadbe.models.anomalib.raw import raw_scores

    torch.manual_seed(0)
    model = DsrModel().eval()
    scores, maps = raw_scores(model, images)
    theirs = model(images)
    assert torch.equal(scores, theirs.pred_score)
    assert torch.allclose(maps.sigmoid(), theirs.anomaly_map, atol=1e-6)


@torch.inference_mode()
def test_saturated_pixels_keep_their_order(images: torch.Tensor) -> None:
    from iadbe.models.anomalib.raw import raw_scores

    torch.manual_seed(0)
    model = _draem().eval()
    for parameter in model.discriminative_subnetwork.decoder_segment.fin_out.parameters():
        parameter.mul_(1e5)
    _, maps = raw_scores(model, images)
    assert len(maps.unique()) > 10 * len(model(images).anomaly_map.unique())


@torch.inference_mode()
def test_no_hook_stays(images: torch.Tensor) -> None:
    from iadbe.models.anomalib.raw import raw_scores

    model = _supersimplenet().eval()
    raw_scores(model, images)
    assert not any(module._forward_hooks for module in model.modules())
