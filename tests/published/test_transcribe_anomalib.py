from importlib import resources
from importlib.metadata import version

import pytest

from iadbe.layouts.facts import official
from iadbe.published.load import ANOMALIB
from iadbe.published.transcribe_anomalib import VERSION, copied, installed, tables

CATEGORIES = sorted(official("mvtec_ad").categories)


def readme(heading, rows):
    lines = [f"| {' | '.join(row)} |" for row in rows]
    divider = "|" + " --- |" * len(rows[0])
    return "\n".join([f"### {heading}", "", lines[0], divider, *lines[1:], ""])


def facts_of(tmp_path, text, model="padim"):
    (tmp_path / model).mkdir()
    (tmp_path / model / "README.md").write_text(text)
    return copied(tmp_path)


def test_a_row_a_backbone(tmp_path):
    values = ["0.9", *["0.8"] * 15]
    text = readme("Image-Level AUC", [["", "Avg", *CATEGORIES], ["Wide ResNet-50", *values]])
    facts = facts_of(tmp_path, text)
    assert set(facts["backbone"]) == {"wide_resnet50_2"}
    assert set(facts["metric"]) == {"image_auroc"}
    assert facts.set_index("category")["value"]["average"] == 0.9
    assert len(facts) == 16


def test_a_column_a_metric_in_per_cent(tmp_path):
    rows = [["category", "I-AUROC", "P-F1Max", "AUPRO"]]
    rows += [[name, "98.37", "69.85", "90.11"] for name in CATEGORIES]
    facts = facts_of(tmp_path, readme("Results", rows), model="anomalyvfm")
    assert set(facts["metric"]) == {"image_auroc", "aupro"}
    assert set(facts["value"]) == {0.9837, 0.9011}
    assert set(facts["model"]) == {"anomaly_vfm"}
    assert set(facts["training"]) == {"none"}


def test_a_table_without_labels_keeps_its_average(tmp_path):
    text = readme("Pixel-Level AUC", [["Avg", *CATEGORIES], ["0.97", *["0.9"] * 15]])
    facts = facts_of(tmp_path, text)
    assert list(facts["category"][:1]) == ["average"]
    assert len(facts) == 16


def test_f1_empty_cells_and_other_tables_are_left_out(tmp_path):
    text = readme("Image F1 Score", [["", *CATEGORIES], ["ResNet-18", *["0.9"] * 15]])
    text += readme("Image-Level AUC", [["", *CATEGORIES], ["0-shot", *[""] * 15]])
    text += readme("Hyperparameters", [["Dataset", "k"], ["MVTec-AD", "150"]])
    assert facts_of(tmp_path, text).empty


def test_dataset_and_size_are_those_of_the_headings(tmp_path):
    visa = sorted(official("visa").categories)
    text = "## [VisA Dataset](https://x)\n"
    text += readme("Image AUROC - 768 Image Size", [["", *visa], ["A", *["0.9"] * 12]])
    [table] = tables(text)
    assert (table.dataset, table.heading) == ("visa", "Image AUROC - 768 Image Size")
    assert set(facts_of(tmp_path, text)["image_size"]) == {768}


def test_the_shipped_facts_are_those_of_the_installed_readmes():
    if not version("anomalib").startswith(VERSION):
        pytest.skip(f"the facts are those of Anomalib {VERSION}")
    shipped = resources.files("iadbe.published").joinpath(ANOMALIB).read_text(encoding="utf-8")
    assert copied(installed()).to_csv(index=False) == shipped
