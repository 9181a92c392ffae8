"""In what a run of ours and a published one differ, as far as both are stated."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from iadbe.reporting.formats import text
from iadbe.scorecard.fact import Fact

_NETWORKS = ("backbone", "encoder_name", "student_backbone")
_TRAINING = {
    "all_categories": "published for one model of all categories",
    "few_images": "published for a few training images",
    "none": "published zero-shot",
    "category": "published for a model that saw normal training images",
}


class Setting(NamedTuple):
    """What decides a result beside the method; `training` as in `iadbe.published`, or `labels`."""

    backbone: str | None
    image_size: int
    training: str


def own_setting(run: pd.Series, image_size: int) -> Setting:
    """The setting of a model as it was run.

    Args:
        run: A row of `iadbe.schemas.RunsSchema`.
        image_size: That of the benchmark, in pixels; an entry may have its own.
    """
    params: Mapping[str, Any] = json.loads(run["params"])
    given = params.get("args") or {}
    network = next((str(given[name]) for name in _NETWORKS if given.get(name)), None)
    training = {"zero_shot": "none", "supervised": "labels"}.get(text(run["supervision"]) or "")
    return Setting(network, int(params.get("image_size") or image_size), training or "category")


def closest(facts: Sequence[Fact], own: Setting) -> Sequence[Fact]:
    """Of the facts of one source about one number, those whose setting is ours, if there are any.

    A source may print several backbones and sizes; to compare ResNet-18 with all of them would
    call a faithful run off.
    """
    same = [fact for fact in facts if _same_network(fact.table.backbone, own.backbone)] or facts
    return [fact for fact in same if fact.table.image_size == own.image_size] or same


def differences(fact: Fact, own: Setting, variant_of: str | None) -> str | None:
    """What differs, in words; null if nothing is known to."""
    theirs, size = fact.table.backbone, fact.table.image_size
    told = []
    if theirs and own.backbone and not _same_network(theirs, own.backbone):
        told.append(f"another backbone: {own.backbone}, published {theirs}")
    elif not theirs and variant_of:
        told.append(f"another backbone: {own.backbone}, a variant of {variant_of}")
    if size is not None and size != own.image_size:
        told.append(f"{own.image_size} px, published {size} px")
    if fact.table.setting:
        told.append(f"published: {fact.table.setting}")
    return "; ".join(told) or None


def another_protocol(fact: Fact, own: Setting) -> str | None:
    """Why the two were trained too differently to compare, null if they were not."""
    return None if fact.training == own.training else _TRAINING[fact.training]


def _same_network(one: str | None, other: str | None) -> bool:
    """`wide_resnet50_2.tv_in1k` is `wide_resnet50_2` with other weights."""
    if one is None or other is None:
        return False
    return one.split(".", maxsplit=1)[0] == other.split(".", maxsplit=1)[0]
