"""Audit published tables against themselves, each other and the console logs behind them."""

from iadbe.auditing.evidence import Evidence, gather
from iadbe.auditing.finding import Finding, findings_table
from iadbe.auditing.reading.log import read_log
from iadbe.auditing.run import audit

__all__ = ["Evidence", "Finding", "audit", "findings_table", "gather", "read_log"]
