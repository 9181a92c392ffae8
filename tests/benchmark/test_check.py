"""Entries of models: what they may say, and plugins that need none."""

import pytest

from iadbe.benchmark.check import check_entry, check_models
from iadbe.benchmark.spec import BenchmarkSpec, ModelEntry
from iadbe.errors import ConfigError
from iadbe.models.card import Card, Expected, card_of


def check(raw, *wanted):
    return check_models(raw, list(wanted), "benchmark.yml", "parameters_models.yml")


def test_a_plugin_needs_no_entry():
    entries = check({"mine": {"plugin": "yolo", "params": {"epochs": 2}}}, "mine", "yolo")
    assert entries["mine"].params == {"epochs": 2}
    assert entries["yolo"] == ModelEntry(plugin="yolo")


def test_an_entry_of_the_name_of_a_plugin_comes_first():
    entries = check({"yolo": {"plugin": "anomalib", "params": {"name": "Padim"}}}, "yolo")
    assert entries["yolo"].plugin == "anomalib"


def test_what_is_neither_is_refused_with_the_near_ones_of_both():
    refused = r"benchmark.yml: models: 'yol0' has no entry and is no plugin; did you mean 'yolo'"
    with pytest.raises(ConfigError, match=refused) as caught:
        check({"mine": {"plugin": "yolo"}}, "yol0")
    assert "mine" in str(caught.value)


@pytest.mark.parametrize(
    ("card", "message"),
    [
        ({"yer": 2021}, "model.m.card.yer: no such key; did you mean 'year'? Allowed: title,"),
        ({"year": "old"}, "model.m.card.year: Input should be a valid integer"),
        ({"expected": [{"value": 98.1, "source": "a"}]}, "not 98.1 (share, not percent)."),
        ({"expected": [{"value": 0.9, "sorce": "a"}]}, "sorce: no such key; did you mean 'source'"),
        (7, "model.m.card: Input should be a valid dictionary"),
    ],
)
def test_a_mistake_in_a_card_is_told_with_its_place(card, message):
    with pytest.raises(ConfigError) as caught:
        check_entry({"plugin": "yolo", "card": card}, "m", "f.yml")
    assert message in str(caught.value)
    assert all(line.startswith("f.yml: model.m.card") for line in str(caught.value).splitlines())


def test_a_card_never_reaches_a_cell():
    spec = BenchmarkSpec(name="b", datasets={"demo": ["part"]}, models=["m"])
    (plain,) = spec.cells({"m": ModelEntry(plugin="yolo")})
    (carded,) = spec.cells({"m": ModelEntry(plugin="yolo", card={"year": 2021})})
    assert carded.model_dump() == plain.model_dump()


def test_the_card_of_an_entry_overrides_that_of_the_plugin_field_by_field():
    class Plugin:
        card = Card(year=2020, url="https://example.com", deterministic=False)

    entry = Card(year=2021, expected=(Expected(value=0.9, source="table 1"),))
    merged = card_of(Plugin, entry)
    assert (merged.year, merged.url, merged.deterministic) == (2021, "https://example.com", False)
    assert merged.expected[0].value == 0.9
    assert card_of(Plugin) == Plugin.card
    assert card_of(object, entry) == entry
    assert card_of(object) == Card()
