import numpy as np
import pytest

from iadbe.metrics.defect_maps import DefectMaps
from iadbe.metrics.measure import Group
from iadbe.metrics.normal_maps import NormalMaps
from iadbe.metrics.pixel import auroc
from iadbe.metrics.ranking import rank_pixels


def draw(seed: int, n: int = 6) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    masks = np.zeros((n, 40, 40), bool)
    for mask in masks:
        top, left = rng.integers(0, 30, 2)
        mask[top : top + 6, left : left + 5] = True
    return (rng.normal(size=masks.shape) + masks).astype(np.float32), masks


NORMAL = np.random.default_rng(9).normal(size=(8, 40, 40)).astype(np.float32)


def take_in(
    normal: NormalMaps, maps: np.ndarray, masks: np.ndarray, names: list[str]
) -> DefectMaps:
    taken = DefectMaps(normal)
    for name, map_, mask in zip(names, maps, masks, strict=True):
        taken.add(name, map_, mask, "dent" if int(name) % 2 else "scratch")
    return taken


def all_normal() -> NormalMaps:
    normal = NormalMaps()
    normal.add(NORMAL)
    return normal


def test_parts_of_several_processes_merge_into_the_whole() -> None:
    parts = [NormalMaps(), NormalMaps()]
    parts[0].add(NORMAL[:3])
    parts[1].add(NORMAL[3:])
    parts[0].merge(parts[1:])
    assert parts[0].images == 8
    once = np.ones(1)
    assert parts[0].thresholds(once) == all_normal().thresholds(once)
    maps, masks = draw(1)
    names = [str(i) for i in range(6)]
    whole = take_in(all_normal(), maps, masks, names)
    merged = take_in(parts[0], maps[:2], masks[:2], names[:2])
    merged.merge([take_in(parts[0], maps[2:], masks[2:], names[2:])])
    assert merged.images == whole.images
    for group in (Group(), *whole.groups()):
        assert auroc(merged.ranking(group)) == auroc(whole.ranking(group))


def test_the_ranking_is_that_of_all_pixels() -> None:
    maps, masks = draw(2)
    taken = take_in(all_normal(), maps, masks, [str(i) for i in range(6)])
    stacked = rank_pixels([(np.concatenate([NORMAL, maps]), np.concatenate([NORMAL > 99, masks]))])
    assert auroc(taken.ranking()) == pytest.approx(auroc(stacked), abs=1e-12)
    assert taken.ranking().regions == stacked.regions


def test_without_normal_images_there_are_no_rationed_false_alarms() -> None:
    maps, masks = draw(3)
    taken = take_in(NormalMaps(), maps, masks, [str(i) for i in range(6)])
    assert all(image.aupimo is None and not image.found for image in taken.images.values())
