"""The rules: each takes all evidence and gives what does not hold. None knows a known error."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from iadbe.auditing.evidence import Evidence
from iadbe.auditing.finding import Finding
from iadbe.auditing.rules import (
    across_tables,
    against_logs,
    averages,
    bold,
    captions,
    constants,
    shifted,
    single_values,
    unreported,
)

Rule = Callable[[Evidence], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    averages.average_is_mean,
    averages.average_covers_all,
    averages.average_is_given,
    shifted.rows_fit_header,
    shifted.averages_stand_in_their_column,
    shifted.cells_stand_under_their_category,
    against_logs.cells_are_logged,
    against_logs.retests_agree,
    single_values.values_are_possible,
    single_values.zeros_are_results,
    constants.constants_in_row,
    constants.numbers_are_no_placeholders,
    constants.rows_differ,
    constants.metrics_vary,
    bold.bold_keeps_its_rule,
    across_tables.tables_agree,
    across_tables.rows_are_given_alike,
    across_tables.overlap_has_ranking,
    unreported.logs_are_reported,
    unreported.tables_have_all_models,
    unreported.logged_results_are_shown,
    unreported.rows_are_their_model,
    unreported.shown_results_are_logged,
    unreported.runs_have_results,
    captions.captions_fit,
)
