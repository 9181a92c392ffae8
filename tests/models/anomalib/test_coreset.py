from pathlib import Path

import pytest
import torch

from iadbe.models.anomalib.coreset import flat_memory_coreset, select


@pytest.fixture(scope="module")
def patch_features() -> torch.Tensor:
    """Correlated, positive, far from the origin and with near duplicates, as patches are."""
    generator = torch.Generator().manual_seed(3)
    latent = torch.randn(4000, 12, generator=generator) @ torch.randn(12, 96, generator=generator)
    features = torch.relu(latent) + 0.05 * torch.randn(4000, 96, generator=generator) + 2
    return torch.cat([features, features[:500] + 1e-4])


def _sample(features: torch.Tensor, ratio: float) -> list[int]:
    from anomalib.models.components import KCenterGreedy
    from lightning.pytorch import seed_everything

    seed_everything(7, verbose=False)
    picks: list[int] = KCenterGreedy(features, ratio).select_coreset_idxs()
    return picks


def test_picks_what_anomalib_picks(patch_features: torch.Tensor) -> None:
    theirs = _sample(patch_features, 0.1)
    with flat_memory_coreset():
        ours = _sample(patch_features, 0.1)
    assert len(ours) == 450
    assert ours == theirs


def test_picks_what_anomalib_picks_on_backbone_features() -> None:
    import timm

    from iadbe.models.weights import PACKAGED_BACKBONE, local_weights

    with local_weights():
        backbone = timm.create_model(PACKAGED_BACKBONE, pretrained=True, features_only=True).eval()
    generator = torch.Generator().manual_seed(5)
    coarse = torch.rand(4, 3, 24, 24, generator=generator)
    images = torch.nn.functional.interpolate(coarse, (256, 256), mode="bilinear") * 2 - 1
    with torch.inference_mode():
        features = backbone(images)[2].permute(0, 2, 3, 1).reshape(-1, 40)
    theirs = _sample(features, 0.1)
    with flat_memory_coreset():
        ours = _sample(features, 0.1)
    assert len(ours) == 409
    assert ours == theirs


def test_each_pick_is_the_farthest(patch_features: torch.Tensor) -> None:
    features = patch_features[:300]
    picks = select(features, 40, start=11)
    distances = torch.cdist(features.double(), features.double())
    assert picks[0] == 11
    for count in range(1, 40):
        nearest = distances[:, picks[:count]].amin(dim=1)
        assert nearest[picks[count]] == pytest.approx(float(nearest.max()), rel=1e-5)


def test_no_row_is_picked_twice(patch_features: torch.Tensor) -> None:
    picks = select(patch_features[:200], 200, start=0)
    assert sorted(picks) == list(range(200))


def test_anomalib_is_left_as_it_was() -> None:
    from anomalib.models.components import KCenterGreedy

    before = KCenterGreedy.select_coreset_idxs
    with flat_memory_coreset():
        assert KCenterGreedy.select_coreset_idxs is not before
    assert KCenterGreedy.select_coreset_idxs is before
    with pytest.raises(ZeroDivisionError), flat_memory_coreset():
        _ = 1 / 0
    assert KCenterGreedy.select_coreset_idxs is before


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads Linux's /proc")
def test_memory_stays_flat() -> None:
    features = torch.randn(20_000, 256, generator=torch.Generator().manual_seed(0))
    select(features, 20, start=0)
    before = _resident_mb()
    select(features, 1000, start=0)
    assert _resident_mb() - before < 40


def _resident_mb() -> float:
    import os

    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
