import pytest
import yaml

from iadbe.auditing import names
from project import ROOT


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("RD", "reverse_distillation"),
        ("Reverse Distillation", "reverse_distillation"),
        ("ReverseDistillation", "reverse_distillation"),
        ("PatchCore", "patchcore"),
        ("Some New Model", "some_new_model"),
    ],
)
def test_models(text, name):
    assert names.model(text) == name


@pytest.mark.parametrize(
    ("text", "name"), [("Metal Nut", "metal_nut"), ("hazel_nut", "hazelnut"), ("01", "01")]
)
def test_categories(text, name):
    assert names.category(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Image Level AUROC on MVTec3D", "mvtec_3d"),
        ("scores for MVTec AD and VisA", "mvtec_ad"),
        ("MVTec", "mvtec_ad"),
        ("train_test_btech_padim", "btech"),
        ("nothing of the kind", None),
    ],
)
def test_datasets_in_texts(text, name):
    assert names.known_dataset(text) == name


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("Image Level AUROC on MVTec", ["image_auroc"]),
        ("image_F1Score", ["image_f1"]),
        ("Pixel PRO", ["pixel_pro"]),
        ("AU-PRO", ["aupro"]),
        ("pixel AUROC and image AP", ["pixel_auroc", "image_average_precision"]),
        ("mAP50-95", ["map50_95"]),
        ("fit seconds", []),
    ],
)
def test_metrics_in_texts(text, metrics):
    assert names.metrics_in(text) == metrics


def test_the_thresholded_overlap_is_never_called_aupro():
    assert names.metrics_in("Per-Region Overlap (PRO)") == ["pro"]


def test_every_model_of_the_original_has_its_configured_name():
    with (ROOT / "conf/base/parameters_models.yml").open(encoding="utf-8") as file:
        configured = yaml.safe_load(file)["model"]
    original = ["CFA", "CFLOW", "CSFLOW", "DFKDE", "DFM", "DRAEM", "DSR", "FASTFLOW", "FRE"]
    original += ["GANomaly", "PaDiM", "PatchCore", "RD", "RKDE", "STFPM", "UFLOW"]
    assert {names.model(label) for label in original} <= configured.keys()
