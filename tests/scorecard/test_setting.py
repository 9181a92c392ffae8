import pandas as pd
import pytest

from iadbe.scorecard.fact import read_facts
from iadbe.scorecard.setting import Setting, another_protocol, closest, differences, own_setting

from .tables import fact, facts_of, run

OURS = Setting("resnet18", 256, "category")


def told(own=OURS, variant_of=None, **more):
    return differences(read_facts(facts_of(fact(0.9, **more)))[0], own, variant_of)


def values(facts, own):
    return [fact.value for fact in closest(read_facts(facts), own)]


@pytest.mark.parametrize(
    ("row", "setting"),
    [
        (run(), ("resnet18", 256, "category")),
        (
            run(params={"args": {"encoder_name": "vit"}, "image_size": 392}),
            ("vit", 392, "category"),
        ),
        (run(params={"weights": "yolo.pt"}, supervision="supervised"), (None, 256, "labels")),
        (run(params={"name": "WinClip"}, supervision="zero_shot"), (None, 256, "none")),
    ],
)
def test_our_setting_is_read_from_the_run(row, setting):
    assert own_setting(pd.Series(row), 256) == setting


def test_nothing_is_said_where_nothing_differs():
    assert told() is None
    assert told(backbone="resnet18", image_size=256) is None
    assert (
        told(Setting("wide_resnet50_2.tv_in1k", 256, "category"), backbone="wide_resnet50_2")
        is None
    )


def test_another_backbone_size_and_way_of_training_are_named():
    lite = Setting("tf_efficientnet_lite0", 256, "category")
    assert told(lite, backbone="resnet18") == (
        "another backbone: tf_efficientnet_lite0, published resnet18"
    )
    assert told(lite, "padim") == ("another backbone: tf_efficientnet_lite0, a variant of padim")
    assert told(image_size=768, setting="early stopping on test images") == (
        "256 px, published 768 px; published: early stopping on test images"
    )


def test_of_several_backbones_only_ours_is_compared():
    facts = facts_of(
        fact(0.9, backbone="resnet18"), fact(0.8, backbone="wide_resnet50_2"), fact(0.7)
    )
    assert values(facts, OURS) == [0.9]
    other = OURS._replace(backbone="tf_efficientnet_lite0")
    assert values(facts, other) == [0.9, 0.8, 0.7]
    assert values(facts, OURS._replace(backbone=None)) == [0.9, 0.8, 0.7]


def test_of_several_sizes_only_ours_is_compared():
    facts = facts_of(fact(0.9, image_size=768), fact(0.8, image_size=256), fact(0.7))
    assert values(facts, OURS) == [0.8]
    assert values(facts, OURS._replace(image_size=512)) == [0.9, 0.8, 0.7]


@pytest.mark.parametrize("training", ["all_categories", "few_images", "none"])
def test_other_training_data_are_another_protocol(training):
    published = read_facts(facts_of(fact(0.9, training=training)))[0]
    assert "published" in another_protocol(published, OURS)
    [usual] = read_facts(facts_of(fact(0.9)))
    assert another_protocol(usual, OURS) is None
    assert another_protocol(usual, OURS._replace(training="labels"))
