import json

import pandas as pd
import pytest

from iadbe.benchmark.cell import Cell
from iadbe.cells.fingerprint import category_digests, cell_fingerprints
from iadbe.cells.ledger import Entry, Ledger
from iadbe.cells.status import judge, runs_table
from iadbe.datasets.raw_images import RawImages
from iadbe.demo.draw import draw
from iadbe.images.memory import Inspections
from iadbe.pipelines.ingestion.nodes import Ingest, audit_files, split_samples
from iadbe.schemas import MetricsSchema, RunsSchema

PARAMS = {"name": "Padim", "args": {"backbone": "tf_efficientnet_lite0", "layers": ["blocks.2"]}}


def cell(**changes):
    given = {
        "dataset": "demo",
        "model": "padim",
        "category": "fabric",
        "seed": 0,
        "plugin": "anomalib",
        "params": PARAMS,
        "image_size": 64,
        "threshold_quantile": 0.95,
    }
    return Cell(**{**given, **changes})


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    root = tmp_path_factory.mktemp("raw")
    counts = {"n_train": 5, "n_test_normal": 2, "n_test_anomalous": 5, "n_train_anomalous": 0}
    draw(root / "demo", size=64, categories=["fabric"], **counts)
    ingest = Ingest(dataset="demo", categories=["fabric"], validation=0.2)
    raw = RawImages(root / "demo", "mvtec_ad")
    files, findings = audit_files(raw, Inspections(root / "inspections.sqlite"), ingest)
    return split_samples(files, findings, raw, ingest)


def finished(samples, **changes):
    return Entry("finished", stages=cell_fingerprints(cell(**changes), digest(samples)))


def digest(samples):
    return category_digests(samples)["fabric"]


def test_results_made_under_what_holds_now_are_done(samples):
    assert judge(cell(), finished(samples), digest(samples)) == ("done", None)


@pytest.mark.parametrize(
    "changes", [{"seed": 1}, {"params": {**PARAMS, "batch_size": 4}}, {"image_size": 96}]
)
def test_any_change_of_the_cell_makes_them_stale(samples, changes):
    assert judge(cell(**changes), finished(samples), digest(samples))[0] == "stale"


def test_the_device_and_the_place_of_the_images_do_not(samples):
    moved = samples.assign(image_path="/elsewhere/" + samples["sample_id"])
    assert judge(cell(device="cuda"), finished(samples), digest(moved))[0] == "done"


@pytest.mark.parametrize("column", ["sha256", "label", "split", "mask_sha256", "defect_type"])
def test_any_change_of_the_data_does(samples, column):
    changed = samples.copy()
    other = {"label": 1, "split": "test"}.get(column, "other")
    changed.loc[changed["split"] == "train", column] = other
    assert judge(cell(), finished(samples), digest(changed))[0] == "stale"


def test_a_threshold_makes_the_evaluation_stale_and_nothing_before_it(samples):
    before = cell_fingerprints(cell(), digest(samples))
    after = cell_fingerprints(cell(threshold_quantile=0.5), digest(samples))
    assert {stage for stage in before if before[stage] != after[stage]} == {"evaluate"}


def test_half_a_cell_is_missing(samples):
    entry = finished(samples)
    del entry.stages["evaluate"]
    assert judge(cell(), entry, digest(samples))[0] == "missing"


def test_every_cell_of_the_matrix_has_a_row(samples, tmp_path):
    ledger = Ledger(tmp_path)
    gone = cell(model="gone", plugin="nobody_has_it")
    ledger.write(gone.id, Entry("finished", stages=finished(samples).stages))
    runs = runs_table([cell(), gone], ledger, {"demo": samples})
    RunsSchema.validate(runs)
    assert runs["status"].tolist() == ["missing", "stale"]
    assert "nobody_has_it" in runs["cause"].iloc[1]


def finish(ledger, samples, record, **values):
    """Leave the results of a finished cell on disk; values by name, e.g. `image_auroc=0.9`."""
    ledger.write(cell().id, finished(samples))
    rows = [
        {"level": level, "metric": metric, "value": value, "n": 600, "leakage": "none"}
        for (level, metric), value in ((k.split("_", 1), v) for k, v in values.items())
    ]
    metrics = pd.DataFrame([cell().row | row for row in rows])
    metrics = metrics.reindex(columns=list(MetricsSchema.to_schema().columns))
    MetricsSchema.validate(metrics).to_parquet(ledger.folder(cell().id) / "metrics.parquet")
    (ledger.folder(cell().id) / "run.json").write_text(json.dumps(record))


def only_run(ledger, samples):
    return RunsSchema.validate(runs_table([cell()], ledger, {"demo": samples})).iloc[0]


def test_a_sound_result_is_done(samples, tmp_path):
    ledger = Ledger(tmp_path)
    log = {"epochs": 1, "epochs_asked": 1, "last_loss": 0.1, "finite": True}
    finish(ledger, samples, {"training": log, "plugin_version": "1"}, image_auroc=0.8)
    run = only_run(ledger, samples)
    assert (run["status"], run["plugin_version"]) == ("done", "1")
    assert pd.isna(run["cause"])


def test_a_result_that_is_none_is_degenerate_with_every_reason(samples, tmp_path):
    ledger = Ledger(tmp_path)
    record = {"stand_ins": ["timm/resnet18"], "training": {"epochs": 1, "epochs_asked": 4}}
    finish(ledger, samples, record, image_auroc=0.5, image_tied_pairs=1.0)
    run = only_run(ledger, samples)
    assert run["status"] == "degenerate"
    reasons = ("random weights", "1 of the 4 epochs", "all 600 pairs of images tie", "guessing")
    assert all(reason in run["cause"] for reason in reasons), run["cause"]


def test_a_stale_or_removed_result_is_not_judged(samples, tmp_path):
    ledger = Ledger(tmp_path)
    finish(ledger, samples, {}, image_auroc=0.5)
    changed = samples.assign(sha256="other")
    assert only_run(ledger, changed)["status"] == "stale"
    (ledger.folder(cell().id) / "metrics.parquet").unlink()
    assert only_run(ledger, samples)["status"] == "missing"
