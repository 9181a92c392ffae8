"""The table of docs/datasets.md says what the facts say."""

import pytest

from iadbe.layouts.facts import official_datasets
from project import ROOT

TABLE = (ROOT / "docs" / "datasets.md").read_text("utf-8").splitlines()


def numbers(totals):
    if totals.normal is not None:
        return f"{totals.normal} normal, {totals.anomalous} anomalous"
    known = (totals.train, totals.val, totals.test_normal, totals.test_anomalous)
    return " / ".join(
        "–" if number is None else f"{number:_}".replace("_", " ") for number in known
    )


@pytest.mark.parametrize(("name", "facts"), official_datasets().items())
def test_the_row_of_a_dataset(name, facts):
    images = f"{facts.totals.images:_}".replace("_", " ")
    cells = [
        f"[{facts.title}]({facts.homepage})",
        f"`{name}`",
        str(len(facts.categories)),
        images,
        numbers(facts.totals),
        facts.licence,
        f"`kedro run --env {name}`" if (ROOT / "conf" / name).is_dir() else "–",
    ]
    assert f"| {' | '.join(cells)} |" in TABLE


def test_commercial_use_is_forbidden_by_all_but_one():
    free = [facts.title for facts in official_datasets().values() if not facts.non_commercial]
    assert free == ["VisA (Visual Anomaly)"]
    assert any("All of them except VisA forbid commercial use" in line for line in TABLE)
