"""`iadbe models scorecard`, on a benchmark that ran and on one that did not."""

import pandas as pd
import pytest
from click.testing import CliRunner

from iadbe.cli import configuration
from iadbe.cli.main import main
from iadbe.schemas import ScorecardSchema

ROW = {
    "dataset": "mvtec_ad",
    "model": "padim",
    "compared_with": "padim",
    "category": "bottle",
    "metric": "image_auroc",
    "ours": 0.99,
    "published": 0.994,
    "difference": -0.004,
    "tolerance": 0.01,
    "verdict": "reproduced",
    "seeds": 1,
    "source": "anomalib",
    "reference": "README",
    "differences": None,
    "reason": None,
}


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Where the catalog of the environment has its scorecard; it is not there yet."""
    file = tmp_path / "scorecard.csv"
    catalog = {"catalog": {"scorecard": {"filepath": str(file)}}}
    monkeypatch.setattr(
        configuration, "loader", lambda env, _: catalog if env == "mvtec_ad" else {}
    )
    return file


def called(*options):
    done = CliRunner().invoke(main, ["models", "scorecard", "--env", "mvtec_ad", *options])
    return done.exit_code, done.output


def save(file, *rows):
    columns = list(ScorecardSchema.to_schema().columns)
    pd.DataFrame(rows, columns=columns).to_csv(file, index=False)


def test_without_a_run_it_says_what_to_do(file):
    code, said = called()
    assert code == 1
    assert "no scorecard yet; run `iadbe run --env mvtec_ad` first" in said
    _, said = called("--protocol", "paper")
    assert "run `iadbe run --env mvtec_ad --params protocol=paper` first" in said


def test_rows_are_printed_and_chosen(file):
    save(file, ROW, ROW | {"category": "average", "verdict": "not run", "ours": None})
    code, said = called()
    assert code == 0
    assert "mvtec_ad: 2 published numbers; 1 reproduced, 1 not run." in said
    code, said = called("--category", "bottle", "--source", "anomalib")
    assert "1 published number; 1 reproduced." in said
    code, said = called("--category", "botle")
    assert code == 1
    assert "no rows of category 'botle'; it has: bottle, average" in said
