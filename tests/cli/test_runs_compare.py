"""`iadbe runs compare` on results that were written by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from iadbe.cli.runs import runs
from iadbe.schemas import OPTIONAL_SAMPLE_COLUMNS, SamplesSchema
from project import new_project

NORMAL, ANOMALOUS = 20, 30


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """compared("one", "other") → exit code and what was printed."""
    folder = tmp_path_factory.mktemp("compared")
    (folder / "pyproject.toml").write_text(
        '[tool.kedro]\npackage_name = "iadbe"\nproject_name = "IADBE"\n'
        'kedro_init_version = "1.7.0"\n'
    )
    new_project(folder, sharp={}, blunt={}, perfect={}, faultless={}, never={})
    labels = np.repeat([0, 1], [NORMAL, ANOMALOUS])
    _write_samples(folder, labels)
    rng = np.random.default_rng(3)
    common = rng.normal(size=len(labels))
    for model, scores in {
        "sharp": common + 3.0 * labels,
        "blunt": common + 0.5 * labels + 0.5 * rng.normal(size=len(labels)),
        "perfect": labels.astype(float),
        "faultless": 1e12 * labels + common,
    }.items():
        for category in ("fabric", "part"):
            _write_scores(folder, model, category, scores)
    _write_samples(folder, labels, "demo_paper")
    for model in ("sharp", "blunt"):
        _write_scores(folder, model, "part", common + labels, "demo_paper")

    def run(*cells):
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            done = CliRunner().invoke(runs, ["compare", *cells], catch_exceptions=False)
        return done.exit_code, done.output

    return run


def _write_samples(folder, labels, store="demo"):
    rows = [
        OPTIONAL_SAMPLE_COLUMNS
        | {
            "sample_id": f"{category}/{place}", "dataset": "demo", "category": category,
            "split": "test", "label": label, "defect_type": "dent" if label else "good",
            "image_path": "", "mask_path": None, "boxes": None, "height": 1, "width": 1,
            "sha256": "", "mask_sha256": None,
        }
        for category in ("fabric", "part")
        for place, label in enumerate(labels)
    ]  # fmt: skip
    path = folder / f"data/02_intermediate/{store}/demo.parquet"
    path.parent.mkdir(parents=True)
    SamplesSchema.validate(pd.DataFrame(rows)).to_parquet(path)


def _write_scores(folder, model, category, scores, store="demo"):
    path = folder / f"data/07_model_output/{store}/demo/{model}/{category}/s0/predictions.parquet"
    path.parent.mkdir(parents=True)
    ids = [f"{category}/{place}" for place in range(len(scores))]
    table = pd.DataFrame({"sample_id": ids, "image_score": scores})
    table.sample(frac=1, random_state=len(model)).to_parquet(path, index=False)


def test_two_models_on_one_category_are_told_apart(compared):
    code, said = compared("demo.sharp.part.s0", "demo.blunt.part.s0")
    assert code == 0, said
    lines = said.splitlines()
    assert "20 normal and 30 anomalous" in lines[0]
    assert lines[1].startswith("demo.sharp.part.s0  0.9")
    assert lines[3].startswith("difference  +0.")
    assert lines[4].endswith("p < 0.001; beyond chance")
    turned = compared("demo.blunt.part.s0", "demo.sharp.part.s0")[1]
    assert "difference  -0." in turned


def test_cells_of_the_other_protocol_are_compared(compared):
    _, clean = compared("demo.sharp.part.s0", "demo.blunt.part.s0")
    code, paper = compared("demo.sharp.part.s0", "demo.blunt.part.s0", "--protocol", "paper")
    assert code == 0, paper
    assert "difference  +0.000" in paper
    assert "difference  +0.000" not in clean


def test_two_perfect_models_have_intervals_but_no_test(compared):
    code, said = compared("demo.perfect.part.s0", "demo.faultless.part.s0")
    assert code == 0, said
    assert "1.000  (0.9" in said
    assert "difference  +0.000: the difference has no variance" in said


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("demo.sharp.part.s0", "demo.blunt.fabric.s0"), "other test images"),
        (("demo.sharp.part.s0", "demo.never.part.s0"), "demo.never.part.s0 has no predictions"),
        (("demo.sharp.part.s0", "demo.sharp.part.s0"), "given twice"),
        (("demo.sharp.prt.s0", "demo.blunt.part.s0"), "did you mean 'demo.sharp.part.s0'"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_one_line(compared, cells, words):
    code, said = compared(*cells)
    assert code == 1
    assert words in said
    assert len(said.strip().splitlines()) == 1
