import pytest


@pytest.mark.parametrize(
    ("row", "impossible"),
    [
        ("A 90.00 100.00 95.00", []),
        ("A 90.00 100.01 95.01", ["100.01"]),
        ("A 90.00 -1.00 44.50", ["-1.00"]),
        ("A 0.90 0.80 0.85", []),
        ("A 0.90 1.20 1.05", ["1.05", "1.20"]),
    ],
)
def test_values_outside_their_range(found, table, row, impossible):
    other = "B 0.50 0.60 0.55" if "0.90" in row.split() else "B 50.00 60.00 55.00"
    values = found("impossible-value", {"a.md": table(row, other)})
    assert [value for _, _, value in values] == impossible


def test_zeros_that_no_log_has(found, messages, table):
    files = {"a.md": table("A 0.00 80.00 40.00", "B 50.00 60.00 55.00")}
    assert found("zero-as-result", files) == [("A", "screw", "0.00")]
    assert "a missing value" in messages("zero-as-result", files)[0]


def test_zeros_that_a_log_has_are_degenerate_runs(messages, table, log):
    files = {"a.md": table("PaDiM 0.00 80.00 40.00"), "b.log": log(screw=0.0)}
    assert "logged so: a degenerate run" in messages("zero-as-result", files)[0]


def test_no_zero_no_finding(found, table):
    assert found("zero-as-result", {"a.md": table("A 0.01 80.00 40.01", "B - 60.00 60.00")}) == []
