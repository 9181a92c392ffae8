import pytest

WRONG = "average-wrong"


def test_the_mean_within_rounding_is_silent(found, table):
    text = table("A 90.01 91.02 90.51", "B 90.01 91.02 90.52", "C 90 91 90.5", "D 1 2 -")
    assert found(WRONG, {"a.md": text}) == []


def test_another_number_is_found(found, messages, table):
    text = table("A 90.00 91.00 92.50", "B 80.00 81.00 80.50")
    assert found(WRONG, {"a.md": text}) == [("A", "Average", "92.50")]
    assert "mean of its 2 categories is 90.50" in messages(WRONG, {"a.md": text})[0]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("A 90.00 91.00 80.50", "one digit differs"),
        ("A 91.00 92.00 95.10", "two digits are exchanged"),
        ("A 90.00 - 45.00", "counts the missing ones as 0"),
        ("A 91.11 72.34 91.11", "would be the mean without pill"),
        ("A 10.00 20.00 80.50", "it is the mean of B"),
        ("A - - 80.70", "a row without any result"),
    ],
)
def test_what_the_number_is_instead(messages, table, row, why):
    text = table(row, "B 80.00 81.00 80.50")
    assert why in messages(WRONG, {"a.md": text})[0]


def test_averages_over_fewer_categories_are_named(found, messages, table):
    text = table("A 90.00 - 90.00", "B 80.00 81.00 80.50")
    assert found("average-of-fewer", {"a.md": text}) == [("A", "Average", "90.00")]
    assert "1 of 2 categories, without pill" in messages("average-of-fewer", {"a.md": text})[0]


def test_a_missing_average_of_a_full_row(found, table):
    text = table("A 90.00 91.00 -", "B 80.00 81.00 80.50", "C - - -")
    assert found("average-missing", {"a.md": text}) == [("A", "Average", "-")]


def test_averages_of_latex_and_csv(found):
    tex = r"\begin{tabular}{lccc} & 01 & 02 & Average \\ RD & 1.0 & 2.0 & 5.0 \\ \end{tabular}"
    csv = "model,01,02,average\npadim,0.5,0.7,0.9\ncfa,0.5,0.75,0.625\n"
    assert found(WRONG, {"a.tex": tex, "b.csv": csv}) == [
        ("RD", "Average", "5.0"),
        ("padim", "average", "0.9"),
    ]
