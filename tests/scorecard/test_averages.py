from iadbe.published import published
from iadbe.scorecard.averages import unsound_averages
from iadbe.scorecard.fact import read_facts

from .tables import average, fact, facts_of


def reasons(*rows):
    return list(unsound_averages(read_facts(facts_of(*rows))).values())


def test_a_mean_of_its_rounded_categories_is_believed():
    assert reasons(average(0.9505), fact(0.9), fact(1.0, category="cable")) == []
    assert reasons(average(0.95)) == []


def test_an_average_that_is_none_says_what_it_should_be():
    found = reasons(average(0.96), fact(0.9), fact(1.0, category="cable"))
    assert found == ["its average is not the mean of its categories, 0.950"]


def test_an_average_that_leaves_categories_out_says_so():
    found = reasons(average(0.9), fact(0.9), fact(None, category="cable"))
    assert found == ["its average is over 1 of 2 categories"]


def test_the_originals_misprints_are_found():
    named = {table[:3] for table in unsound_averages(read_facts(published()))}
    assert ("mvtec_3d", "reverse_distillation", "image_auroc") in named
    assert ("mvtec_ad", "rkde", "image_auroc") in named
    assert ("mvtec_ad", "padim", "image_auroc") not in named
