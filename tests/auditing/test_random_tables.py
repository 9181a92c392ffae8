"""Right tables are silent, and a single wrong cell is found, whatever the numbers are."""

import numpy as np
import pytest

from iadbe.auditing import audit

CATEGORIES = [f"part{number}" for number in range(7)]
SEEDS = range(25)


def drawn(seed):
    """Text of a table's rows, and the same numbers before rounding: (6 models, 7 categories)."""
    numbers = np.random.default_rng(seed).uniform(20, 98, size=(6, len(CATEGORIES)))
    return [[f"{x:.2f}" for x in [*row, row.mean()]] for row in numbers], numbers / 100


def text_of(rows):
    header = f"## Image AUROC on MVTec\n| | {' | '.join(CATEGORIES)} | Average |\n"
    lines = [f"| model{n} | {' | '.join(cells)} |\n" for n, cells in enumerate(rows)]
    return header + f"|{'---|' * (len(CATEGORIES) + 2)}\n" + "".join(lines)


def logs_of(numbers, log):
    return {
        f"train_test_mvtec_model{n}.log": log(
            model=f"model{n}", **dict(zip(CATEGORIES, row, strict=True))
        )
        for n, row in enumerate(numbers)
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_a_right_table_with_its_logs_is_silent(written, log, seed):
    rows, numbers = drawn(seed)
    findings = audit([written({"a.md": text_of(rows), **logs_of(numbers, log)})])
    assert set(findings["rule"]) <= {"suspicious-constant"}, findings.to_string()
    assert (findings["message"].str.startswith("image_pro is 1 in all")).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_one_changed_cell_is_found_at_its_place(written, log, seed):
    rows, numbers = drawn(seed)
    rng = np.random.default_rng(1000 + seed)
    row, column = rng.integers(6), rng.integers(len(CATEGORIES))
    rows[row][column] = f"{float(rows[row][column]) - rng.choice([0.2, 1.0, 10.0]):.2f}"
    findings = audit([written({"a.md": text_of(rows), **logs_of(numbers, log)})])
    errors = findings[findings["severity"] == "error"]
    assert set(errors["row"]) == {f"model{row}"}
    places = set(zip(errors["rule"], errors["column"], strict=True))
    assert places == {
        ("cell-differs-from-log", CATEGORIES[column]),
        ("average-wrong", "Average"),
    }
