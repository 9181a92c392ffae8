"""Findings as rows: one a rule and category."""

from __future__ import annotations

from iadbe.audit.finding import Finding, findings_table
from iadbe.reporting.audit_table import audit_rows


def finding(severity="warning", rule="duplicate", category="part", path="a.png"):
    return Finding(severity, rule, category, path, "the same bytes", "keep one")


def test_a_row_a_rule_and_category_the_worst_first():
    found = [finding(path=f"{n}.png") for n in range(5)]
    found += [finding("error", "unreadable"), finding(rule="few_training", path="part")]
    rows = audit_rows(findings_table("shop", found))
    assert [(row.severity, row.rule, row.files, row.more) for row in rows] == [
        ("error", "unreadable", 1, 0),
        ("warning", "duplicate", 5, 2),
        ("warning", "few_training", 1, 0),
    ]
    assert rows[1].paths == ["0.png", "1.png", "2.png"]
    assert rows[2].paths == [], "a category is no path"


def test_nothing_found_is_no_rows():
    assert audit_rows(None) == audit_rows(findings_table("shop", [])) == []
