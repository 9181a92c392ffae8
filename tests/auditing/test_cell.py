import pytest

from iadbe.auditing.cell import parse_cell


@pytest.mark.parametrize(
    ("raw", "value", "decimals", "bold"),
    [
        ("97.10", 97.1, 2, False),
        (" **97.1** ", 97.1, 1, True),
        (r"\textbf{100.00}", 100.0, 2, True),
        (r"$\mathbf{0.5}$", 0.5, 1, True),
        (r"{\bf 12}", 12.0, 0, True),
        (r"\underline{97.1}", 97.1, 1, False),
        ("97.1 ± 0.25", 97.1, 1, False),
        (r"$97.1_{\pm 0.25}$", 97.1, 1, False),
        (r"97.1\%", 97.1, 1, False),
        ("-3.5", -3.5, 1, False),
        ("568s", None, 0, False),
        ("222MB", None, 0, False),
        ("1e999", None, 0, False),
    ],
)
def test_numbers_and_dress(raw, value, decimals, bold):
    cell = parse_cell(raw)
    assert (cell.value, cell.decimals, cell.bold) == (value, decimals, bold)
    assert not cell.missing


@pytest.mark.parametrize("raw", ["", " - ", "–", "--", "N/A", "nan", "**-**", "null"])
def test_missing(raw):
    assert parse_cell(raw).missing
    assert parse_cell(raw).value is None


def test_unit_is_one_in_the_last_decimal():
    assert parse_cell("97.10").unit == pytest.approx(0.01)


def test_names_keep_their_underscores():
    assert parse_cell("**reverse_distillation**").text == "reverse_distillation"
