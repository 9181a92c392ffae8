"""Cards say what is known of a model, from its plugin and its entry."""

from __future__ import annotations

from iadbe.reporting.model_cards import model_cards
from iadbe.schemas import RunsSchema

from .made_up import frame, runs_row

ENTRY = {
    "title": "PaDiM",
    "url": "https://arxiv.org/abs/2011.08785",
    "expected": [{"value": 0.891, "source": "README", "setting": "resnet18"}],
    "traps": ["Assumes aligned objects."],
}


def cards_of(**entries):
    runs = frame(RunsSchema, [runs_row(model=name) for name in entries])
    return {card.model: card for card in model_cards(runs, entries)}


def test_the_entry_says_it():
    card = cards_of(padim=ENTRY)["padim"]
    assert (card.title, card.url) == ("PaDiM", "https://arxiv.org/abs/2011.08785")
    lines = dict(card.lines)
    assert lines["Published results"] == "image_auroc 0.891 on mvtec_ad (README, resnet18)"
    assert lines["Known traps"] == "Assumes aligned objects."
    assert "Licence of the weights" not in lines


def test_a_model_of_which_nothing_is_known_has_no_card_even_without_its_plugin():
    runs = frame(RunsSchema, [runs_row(model="strange", plugin="nobody_has_it")])
    assert model_cards(runs, {}) == []
    assert model_cards(runs, {"strange": ENTRY})[0].title == "PaDiM"


def test_a_model_that_draws_without_a_seed_says_so():
    lines = dict(cards_of(dice={"title": "Dice", "deterministic": False})["dice"].lines)
    assert lines["Same seed, same scores"] == "no"
