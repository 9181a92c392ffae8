import csv
import io

import pytest
from click.testing import CliRunner

from iadbe.cli.audit import audit

RIGHT = (
    "## Image AUROC on MVTec\n| | screw | pill | Average |\n|-|-|-|-|\n| CFA | 1.0 | 2.0 | 1.5 |\n"
)
WRONG = RIGHT.replace("1.5", "2.5")
DOUBTFUL = RIGHT.replace("2.0 | 1.5", "- | 1.0")


@pytest.fixture
def audited(tmp_path):
    def run(text, *options, name="a.md"):
        path = tmp_path / name
        path.write_text(text)
        return CliRunner().invoke(audit, [str(path), *options])

    return run


def test_a_right_table_is_silent(audited):
    result = audited(RIGHT)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "0 errors, 0 warnings" in result.stderr


def test_errors_exit_with_one(audited):
    result = audited(WRONG)
    assert result.exit_code == 1
    assert "a.md:4 Image AUROC on MVTec · CFA · Average: average-wrong 2.5: " in result.stdout


def test_warnings_alone_exit_with_zero(audited):
    result = audited(DOUBTFUL)
    assert result.exit_code == 0
    assert "average-of-fewer" in result.stdout


def test_csv_and_markdown(audited):
    (row,) = csv.DictReader(io.StringIO(audited(WRONG, "--format", "csv").stdout))
    assert (row["severity"], row["row"], row["value"]) == ("error", "CFA", "2.5")
    assert audited(WRONG, "--format", "markdown").stdout.startswith("| severity | rule |")


def test_what_cannot_be_audited_is_one_line(audited):
    result = audited("", name="a.png")
    assert result.exit_code == 1
    assert "cannot be audited" in result.stderr
    assert "Traceback" not in result.output
