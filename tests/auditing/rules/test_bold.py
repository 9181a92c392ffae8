import pytest

RULE = "bold-inconsistent"
KEPT = ("A **95.00** 94.99 95.00", "B **99.00** **97.00** **98.00**")
BEST = ("A **75.00** 94.00 84.50", "B 70.00 **97.00** 83.50", "C 60 96.00 78.00")


def test_the_stated_rule(found, table):
    said = "Bold marks values of at least 95.\n\n"
    text = said + table("A **95.00** **94.00** 94.50", "B 96.50 90.00 93.25")
    assert found(RULE, {"a.md": text}) == [("A", "pill", "94.00"), ("B", "screw", "96.50")]


def test_a_rule_that_most_cells_keep_is_inferred(found, messages, table):
    many = [f"M{n} **96.{n:02}** **97.{n:02}** **96.{n + 50}**" for n in range(20)]
    text = table(*many, "A 96.50 94.00 **95.25**", "B 10.00 20.00 15.00")
    assert found(RULE, {"a.md": text}) == [("A", "screw", "96.50")]
    assert "not bold at 95 or more" in messages(RULE, {"a.md": text})[0]


@pytest.mark.parametrize("rows", [BEST, ("A 99.00 98.00 98.50", "B 10.00 20.00 15.00")])
def test_bold_with_another_meaning_or_none_is_left_alone(found, table, rows):
    assert found(RULE, {"a.md": table(*rows)}) == []


def test_csv_has_no_bold(found):
    files = {"a.csv": "model,screw,pill,average\ncfa,99.0,98.0,98.5\n"}
    assert found(RULE, files) == []
