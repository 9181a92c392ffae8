"""The scorecard in the report, and as Markdown."""

from __future__ import annotations

from iadbe.reporting.scorecard_table import score_table, scorecard_markdown
from iadbe.schemas import VERDICTS, ScorecardSchema

from .made_up import frame


def row(verdict="reproduced", ours=0.985, published=0.991, **more):
    return {
        "dataset": "mvtec_ad",
        "model": "padim_lite0",
        "compared_with": "padim",
        "category": "metal_nut",
        "metric": "image_auroc",
        "ours": ours,
        "published": published,
        "difference": None if ours is None else ours - published,
        "tolerance": 0.01,
        "verdict": verdict,
        "seeds": 1,
        "source": "anomalib",
        "reference": "README, Anomalib 2.7",
        "differences": "another backbone: tf_efficientnet_lite0, published resnet18",
        "reason": None,
    } | more


def compared(*rows):
    return frame(ScorecardSchema, list(rows))


def test_verdicts_are_counted_by_dataset_and_model():
    table = score_table(
        compared(row(), row("off"), row(model="stfpm", differences=None)), "mvtec_ad"
    )
    assert list(table.counts) == list(VERDICTS)
    assert (table.counts["reproduced"], table.counts["off"], table.counts["near"]) == (2, 1, 0)
    assert [model.model for model in table.models] == ["padim_lite0", "stfpm"]
    assert [model.another_backbone for model in table.models] == [True, False]
    assert [model.counts["off"] for model in table.models] == [1, 0]


def test_a_row_reads_as_text():
    [shown] = score_table(compared(row()), "mvtec_ad").models[0].rows
    assert shown[:6] == ("metal nut", "image AUROC", "0.985", "0.991", "\u22120.006", "reproduced")
    assert shown.source == "README, Anomalib 2.7"
    assert shown.notes == ["another backbone: tf_efficientnet_lite0, published resnet18"]


def test_no_value_is_a_dash_with_the_reason_first():
    missing = row("not run", None, reason="failed: out of memory")
    [shown] = score_table(compared(missing), "mvtec_ad").models[0].rows
    assert (shown.ours, shown.difference) == ("\u2013", "\u2013")
    assert shown.notes[0] == "failed: out of memory"


def test_a_dataset_of_which_nothing_is_published_has_no_models():
    assert score_table(compared(row()), "demo").models == []
    assert score_table(None, "demo").models == []


def test_tolerances_are_told_a_metric():
    table = score_table(compared(row(), row(metric="aupro", tolerance=0.02)), "mvtec_ad")
    assert table.tolerances == "0.01 image AUROC, 0.02 AUPRO"


def test_markdown_has_the_counts_and_every_row():
    text = scorecard_markdown(compared(row(), row("off", category="cable")))
    assert text.startswith("mvtec_ad: 2 published numbers; 1 reproduced, 1 off. ")
    assert "With another backbone: 2 of them.\n\n| model |" in text
    assert "| `padim_lite0` | cable | image AUROC | 0.985 | 0.991 |" in text
    assert scorecard_markdown(compared()).startswith("Nothing is published")
