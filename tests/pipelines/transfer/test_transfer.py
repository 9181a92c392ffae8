"""A model of one category on the test images of another."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from iadbe.benchmark.cell import Cell
from iadbe.cells.fingerprint import STAGES_BEFORE, category_digests, cell_fingerprints
from iadbe.cells.ledger import Entry, Ledger
from iadbe.cells.status import judge
from iadbe.cells.transfers import failed_transfer, is_complete, standing
from iadbe.datasets.model import FittedModel
from iadbe.datasets.raw_images import RawImages
from iadbe.demo.draw import draw
from iadbe.errors import DataError
from iadbe.images.memory import Inspections
from iadbe.images.read import read_image
from iadbe.models.protocol import Prediction
from iadbe.pipelines.ingestion.nodes import Ingest, audit_files, split_samples
from iadbe.pipelines.transfer.nodes import transfer
from iadbe.schemas import TransferSchema

SIZE = 64
CATEGORIES = ["fabric", "part", "board"]
CELL = Cell(
    dataset="demo", model="padim", category="fabric", seed=0, plugin="anomalib",
    params={"name": "Padim", "args": {"backbone": "tf_efficientnet_lite0", "layers": ["blocks.2"]}},
    image_size=SIZE, threshold_quantile=0.95,
)  # fmt: skip


class Contrast:
    """Scores how far apart the pixels of an image are."""

    localizes = False

    def predict(self, samples):
        for sample in samples:
            yield Prediction(sample.sample_id, float(sample.image.std()))


MODEL = FittedModel("anomalib", Contrast(), {})


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    root = tmp_path_factory.mktemp("raw")
    counts = {"n_train": 5, "n_test_normal": 4, "n_test_anomalous": 6, "n_train_anomalous": 0}
    draw(root / "demo", size=SIZE, categories=CATEGORIES, **counts)
    ingest = Ingest(dataset="demo", categories=CATEGORIES, validation=0.2)
    raw = RawImages(root / "demo", "mvtec_ad")
    files, findings = audit_files(raw, Inspections(root / "inspections.sqlite"), ingest)
    return split_samples(files, findings, raw, ingest)


@pytest.fixture
def ledger(samples, tmp_path):
    ledger = Ledger(tmp_path)
    stages = cell_fingerprints(CELL, category_digests(samples)["fabric"])
    ledger.write(CELL.id, Entry("finished", stages=stages))
    return ledger


@pytest.fixture
def table(samples, ledger):
    return transfer(MODEL, samples, CELL, ledger)


def test_every_other_category_is_scored_with_its_interval(table, samples):
    TransferSchema.validate(table)
    assert list(table["tested_on"]) == [name for name in samples["category"].unique()
                                        if name != "fabric"]  # fmt: skip
    assert set(table["category"]) == {"fabric"}
    for row in table.itertuples():
        test = samples[(samples["category"] == row.tested_on) & (samples["split"] == "test")]
        scores = [read_image(path, SIZE).std() for path in test["image_path"]]
        assert row.value == pytest.approx(roc_auc_score(test["label"], scores))
        assert row.n == len(test) == 10
        assert row.ci_low <= row.value <= row.ci_high


def test_only_a_done_cell_is_transferred(samples, ledger):
    changed = CELL.model_copy(update={"image_size": 32})
    with pytest.raises(DataError, match=r"demo\.padim\.fabric\.s0 is stale"):
        transfer(MODEL, samples, changed, ledger)
    other = CELL.model_copy(update={"category": "part"})
    with pytest.raises(DataError, match=r"demo\.padim\.part\.s0 is missing"):
        transfer(MODEL, samples, other, ledger)


def test_a_category_without_defects_has_a_reason_and_no_value(samples, ledger):
    normal = samples[(samples["category"] != "part") | (samples["label"] == 0)]
    row = transfer(MODEL, normal, CELL, ledger).set_index("tested_on").loc["part"]
    assert np.isnan(row["value"])
    assert row["reason"] == "no anomalous test sample"
    assert row["n"] == 4


def test_the_cell_is_as_done_as_before(table, samples, ledger):
    entry = ledger.read(CELL.id)
    assert judge(CELL, entry, category_digests(samples)["fabric"]) == ("done", None)
    assert set(entry.stages) == set(STAGES_BEFORE)


def test_a_transfer_stands_until_the_images_change(table, samples, ledger):
    assert standing(table, ledger, {"demo": samples}).equals(table)
    changed = samples.assign(
        sha256=samples["sha256"].mask(samples["category"] == "part", "another")
    )
    stale = standing(table, ledger, {"demo": changed})
    assert stale["value"].isna().all()
    assert stale["reason"].str.contains("--pipelines transfer").all()
    assert table["value"].notna().all(), "the table that was given is left alone"


def test_a_transfer_stands_until_the_model_changes(table, samples, ledger):
    entry = ledger.read(CELL.id)
    entry.stages["fit"] = "trained otherwise"
    ledger.write(CELL.id, entry)
    assert standing(table, ledger, {"demo": samples})["value"].isna().all()


def test_only_a_whole_table_of_one_fingerprint_is_complete(table):
    made, others = table["fingerprint"].iloc[0], list(table["tested_on"])
    assert is_complete(table, others, made)
    assert not is_complete(table, others, "another")
    assert not is_complete(table, [*others, "new"], made)
    assert not is_complete(table.iloc[:1], others, made)


def test_a_failure_is_null_with_its_cause_and_never_complete(samples, ledger):
    table = failed_transfer(CELL, ["part", "board"], "out of memory")
    assert table["value"].isna().all()
    assert set(table["reason"]) == {"out of memory"}
    assert not is_complete(table, ["part", "board"], "made")
    assert standing(table, ledger, {"demo": samples}).equals(table)
    assert failed_transfer(CELL, [], "out of memory").empty
