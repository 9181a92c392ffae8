"""`iadbe runs`: mistakes are one line, and imported results are shown like ours."""

import pandas as pd

LOG = """\
Running command: anomalib train --data anomalib.data.MVTec --data.category screw --config padim.yaml
┃        Test metric        ┃       DataLoader 0        ┃
│        image_AUROC        │    0.7895                 │
└───────────────────────────┴───────────────────────────┘
"""


def test_a_log_becomes_a_benchmark_that_is_listed_and_shown(toys, shell, tmp_path):
    log = tmp_path / "train_test_mvtec_padim.log"
    log.write_text(LOG, "utf-8")
    said = shell("iadbe", "runs", "import", str(log), "--as", "elsewhere")
    assert "elsewhere: 1 cells (1 done), 1 numbers" in said
    metrics = pd.read_parquet(toys.folder / "data/08_reporting/elsewhere/metrics.parquet")
    assert metrics["value"].tolist() == [0.7895]
    runs = pd.read_parquet(toys.folder / "data/08_reporting/elsewhere/runs.parquet")
    assert runs["supervision"].tolist() == ["unsupervised"]
    shown = shell("iadbe", "runs", "show", "mvtec_ad.padim.screw.s0", "--env", "elsewhere")
    assert "train_test_mvtec_padim.log" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_an_unknown_cell_or_benchmark_is_told_plainly(toys, shell):
    said = shell("iadbe", "runs", "show", "demo.wall.part.s0", code=1)
    assert "did you mean 'demo.well.part.s0'" in said
    assert "no environment 'nowhere'" in shell("iadbe", "runs", "list", "-e", "nowhere", code=1)


def test_the_runs_of_either_protocol_are_told(shell):
    for command in (["models", "results"], ["models", "scorecard"]):
        said = shell("iadbe", *command, "--protocol", "paper", code=1)
        assert "demo_paper" in said
        assert "run `iadbe run --params protocol=paper` first" in said
    assert "missing    demo.well.part.s0" in shell("iadbe", "runs", "list", "--protocol", "paper")
    assert "'odd' is not one of" in shell("iadbe", "runs", "list", "--protocol", "odd", code=2)


def test_a_name_that_is_taken_is_refused(toys, shell, tmp_path):
    (tmp_path / "a.log").write_text(LOG, "utf-8")
    said = shell("iadbe", "runs", "import", str(tmp_path / "a.log"), "--as", "demo", code=1)
    assert "a benchmark of this project has that name" in said
