import csv
import io

import pytest

from iadbe.auditing import Finding, findings_table
from iadbe.auditing.formats import formatted, summary

FINDINGS = findings_table(
    [
        Finding("warning", "zero-as-result", "a.md", 7, "T", "CFA", "a, b", "0.00", "why | how"),
        Finding("error", "row-shifted", "a.md", 9, "T", "RD", "", "", "2 cells under 3 columns"),
    ]
)
NONE = findings_table([])


def test_text_has_a_line_a_finding_and_errors_first():
    lines = formatted(FINDINGS, "text").splitlines()
    assert lines[0] == "error a.md:9 T · RD: row-shifted: 2 cells under 3 columns"
    assert lines[1] == "warning a.md:7 T · CFA · a, b: zero-as-result 0.00: why | how"


def test_csv_can_be_read_again():
    rows = list(csv.DictReader(io.StringIO(formatted(FINDINGS, "csv"))))
    assert [row["rule"] for row in rows] == ["row-shifted", "zero-as-result"]
    assert rows[1]["column"] == "a, b"


def test_markdown_escapes_pipes():
    lines = formatted(FINDINGS, "markdown").splitlines()
    assert len(lines) == 4
    assert r"why \| how" in lines[3]


def test_summary_counts():
    assert summary(FINDINGS).startswith("1 errors, 1 warnings: ")


@pytest.mark.parametrize("form", ["text", "csv", "markdown"])
def test_no_findings(form):
    assert len(formatted(NONE, form).splitlines()) == {"text": 0, "csv": 1, "markdown": 2}[form]
    assert summary(NONE) == "0 errors, 0 warnings"
