"""The files of a benchmark: values, order, bold, and what is below them."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from iadbe.auditing.run import audit
from iadbe.reporting.leaderboard import rank
from iadbe.reporting.paper_tables import paper_tables
from iadbe.schemas import MetricsSchema, RunsSchema

from ..made_up import Tables, frame, metric_row, runs_row
from .conftest import written


def rows_of(markdown):
    lines = [line for line in markdown.splitlines() if line.startswith("|")]
    return [[entry.strip() for entry in line.strip("|").split("|")] for line in lines]


def read_csv(text):
    return pd.read_csv(io.StringIO(text), index_col="model", keep_default_na=False, na_values=[""])


@pytest.mark.parametrize("dataset", ["mvtec_ad", "mvtec_3d", "visa", "btech"])
@pytest.mark.parametrize("metric", ["image_auroc", "pixel_auroc"])
def test_the_originals_table_comes_out_in_its_order_as_it_printed_it(
    files, printed, dataset, metric
):
    own = printed[(printed["dataset"] == dataset) & (printed["metric"] == metric)]
    models, columns = own["model"].unique(), own["category"].unique()
    cells = own.set_index(["model", "category"])["as_printed"]
    head, _, *rows = rows_of(files[f"{dataset}_{metric}.md"])
    assert head[-1] == "Average"
    assert len(rows) == len(models)
    for model, (_, *entries, _average) in zip(models, rows, strict=True):
        expected = [cells[model, category] for category in columns]
        assert [entry.strip("*") for entry in entries] == expected
        bold = [text != "-" and float(text) >= 95 for text in expected]
        assert [entry.startswith("**") for entry in entries] == bold


def test_one_category_is_one_row_with_a_column_a_model(files):
    head, _, *rows = rows_of(files["kolektor_image_auroc.md"])
    assert head[1:] == [
        "CFA", "CFLOW", "CSFLOW", "DFKDE", "DFM", "DRAEM", "DSR", "FASTFLOW", "FRE", "GANomaly",
        "PaDiM", "PatchCore", "RD", "RKDE", "STFPM", "UFLOW",
    ]  # fmt: skip
    assert [row[:2] for row in rows] == [["Kolektor", "52.77"]]


def test_csv_has_the_shares_in_full_and_says_what_the_average_is_over(files, originals):
    table = read_csv(files["mvtec_ad_image_auroc.csv"])
    board = rank(originals.metrics, originals.runs)
    board = board[board["dataset"] == "mvtec_ad"].set_index("model")
    assert list(table.columns[1:4]) == ["screw", "pill", "capsule"]
    assert table.loc["padim", "bottle"] == board.loc["padim", "image_auroc.bottle"]
    assert table["average"].to_dict() == board["image_auroc"].to_dict()
    assert table.loc["rkde", ["averaged", "categories"]].tolist() == [14, 15]
    assert pd.isna(table.loc["rkde", "carpet"])


def test_a_missing_value_is_a_dash_with_its_reason(troubled):
    text = troubled["demo_image_auroc.md"]
    stfpm = next(row for row in rows_of(text) if row[0] == "STFPM")
    assert stfpm[3] == "-"
    assert "- `-` not run yet: DFKDE (board)." in text
    assert "- `-` failed: model said &lt;b&gt;NaN" in text
    assert "- `-` the model gives no anomaly maps: brightness." in troubled["demo_pixel_auroc.md"]
    notes = read_csv(troubled["demo_image_auroc.csv"])["notes"]
    assert notes["stfpm"].startswith("board: failed: model said")
    assert pd.isna(notes["padim"])


def test_a_mean_over_fewer_categories_says_so_and_is_never_bold():
    values = {("a", "x"): 0.99, ("a", "y"): 0.98, ("b", "x"): 0.999}
    runs = [runs_row(model=m, category=c) for m, c in values]
    runs.append(runs_row(model="b", category="y", status="missing"))
    metrics = [metric_row(v, model=m, category=c) for (m, c), v in values.items()]
    tables = Tables(frame(MetricsSchema, metrics), frame(RunsSchema, runs), None, None)
    _, _, first, second = rows_of(written(tables)["demo_image_auroc.md"])
    assert first == ["a", "**99.00**", "**98.00**", "**98.50**"]
    assert second == ["b", "**99.90**", "-", "99.90 (1/2)"]


def test_supervised_models_stand_apart_with_a_star(troubled):
    rows = rows_of(troubled["demo_image_auroc.md"])
    assert rows[-1][0] == r"yolo\*"
    assert "- `*` supervised: saw labelled defects" in troubled["demo_image_auroc.md"]
    latex = troubled["demo_image_auroc.tex"].splitlines()
    place = next(at for at, line in enumerate(latex) if "yolo*" in line)
    assert latex[place - 1].strip() == r"\midrule"


def test_a_degenerate_value_has_a_dagger_and_no_part_in_the_average(tables):
    bad = (tables.runs["model"] == "padim") & (tables.runs["category"] == "board")
    runs = tables.runs.assign(
        status=tables.runs["status"].mask(bad, "degenerate"),
        cause=tables.runs["cause"].mask(bad, "all scores are one"),
    )
    made = written(tables._replace(runs=runs))
    padim = next(row for row in rows_of(made["demo_image_auroc.md"]) if row[0] == "PaDiM")
    assert padim[3].endswith("†")
    assert padim[4].endswith("(2/3)")
    assert "in no average: all scores are one: PaDiM (board)." in made["demo_image_auroc.md"]
    csv = read_csv(made["demo_image_auroc.csv"])
    assert pd.isna(csv.loc["padim", "board"])
    assert csv.loc["padim", "notes"] == "board: degenerate: all scores are one"


def test_a_value_over_fewer_seeds_says_so():
    runs = [runs_row(seed=0), runs_row(seed=1, status="failed", cause="out of memory")]
    metrics = frame(MetricsSchema, [metric_row(0.8)])
    text = written(Tables(metrics, frame(RunsSchema, runs), None, None))["demo_image_auroc.md"]
    assert "means over 2 seeds" in text
    assert "- Over fewer seeds (failed: out of memory): PaDiM." in text


def test_what_rests_on_synthetic_anomalies_or_on_test_images_says_so(tables):
    board = rank(tables.metrics, tables.runs).assign(synthetic="fabric")
    stamped = tables.metrics.assign(
        leakage=tables.metrics["leakage"].mask(tables.metrics["metric"] == "f1_max", "threshold")
    )
    made = paper_tables(board, stamped, tables.runs)
    assert "synthetic, drawn and not photographed, in: fabric" in made["demo_aupro.md"]
    leak = "The test images had a part in these values: threshold"
    assert leak in made["demo_image_f1_max.md"]
    assert leak not in made["demo_image_auroc.md"]


def test_nothing_run_yet_is_a_table_of_dashes(empty_tables):
    made = written(empty_tables)
    assert set(made) == {
        f"demo_{metric}.{suffix}"
        for metric in ("image_auroc", "pixel_auroc", "aupro")
        for suffix in ("csv", "md", "tex")
    } | {"tables.tex"}
    assert rows_of(made["demo_aupro.md"])[2][1:] == ["-"] * 4


def test_our_own_audit_finds_no_error_of_ours(troubled, tmp_path):
    for name, text in troubled.items():
        (tmp_path / name).write_text(text, "utf-8")
    findings = audit([tmp_path])
    # The CSV has the mean as a number, with what it is over beside it.
    assert set(findings["rule"]) == {"average-of-fewer"}
    assert findings["file"].str.endswith(".csv").all()
