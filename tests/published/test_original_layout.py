"""Names and order of the original's tables, derived from its facts."""

from __future__ import annotations

from iadbe.auditing import names
from iadbe.layouts.facts import official
from iadbe.published.load import AVERAGE, original
from iadbe.published.original_layout import (
    category_name,
    model_name,
    ordered_categories,
    ordered_models,
)


def test_models_stand_as_in_the_originals_rows_and_others_after_them():
    given = ["yolo", "uflow", "padim_lite0", "fre", "cfa", "reverse_distillation", "yolo"]
    assert ordered_models(given) == [
        "cfa", "fre", "reverse_distillation", "uflow", "yolo", "padim_lite0",
    ]  # fmt: skip


def test_categories_stand_as_in_the_originals_columns():
    ordered = ordered_categories("mvtec_ad", official("mvtec_ad").categories)
    assert [category_name("mvtec_ad", category) for category in ordered] == [
        "Screw", "Pill", "Capsule", "Carpet", "Grid", "Tile", "Wood", "Zipper", "Cable",
        "Toothbrush", "Transistor", "Metal Nut", "Bottle", "Hazelnut", "Leather",
    ]  # fmt: skip


def test_a_dataset_that_the_original_has_not_keeps_its_order():
    assert ordered_categories("demo", ["part", "board"]) == ["part", "board"]
    assert category_name("demo", "metal_nut") == "metal nut"


def test_each_name_is_understood_as_what_it_stands_for():
    tables = original()
    for model in tables["model"].unique():
        assert model_name(model) != model
        assert names.model(model_name(model)) == model
    cells = tables[tables["category"] != AVERAGE]
    for dataset, category in cells[["dataset", "category"]].drop_duplicates().to_numpy():
        assert names.category(category_name(dataset, category)) == category


def test_a_model_that_the_original_has_not_keeps_its_name():
    assert model_name("padim_lite0") == "padim_lite0"
