"""The audit of what the original published, where that is at hand: errors found by rule."""

from pathlib import Path

import pytest

from iadbe.auditing import audit

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the original's tables are not here")


@pytest.fixture(scope="module")
def findings():
    return audit([REFERENCE])


@pytest.mark.parametrize(
    ("rule", "file", "row", "column", "value", "message"),
    [
        ("average-wrong", "published_image_auroc.md", "RD", "Average", "95.06", "is 85.06"),
        ("average-wrong", "VisA_Image_AUROC.tex", "CFA", "Average", "75.32", "is 64.70"),
        ("average-of-fewer", "MVTec_Image_AUROC.tex", "RKDE", "Average", "75.43", "14 of 15"),
        ("average-of-fewer", "MVTec3D_Image_AUROC.tex", "RD", "Average", "95.06", "8 of 10"),
        ("row-shifted", "MVTec_Image_AUROC.tex", "RKDE", "Grid, Tile", "", "to the left"),
        ("row-copied", "MVTec3D_Pixel_PRO.tex", "FASTFLOW", "", "", "those of UFLOW"),
        ("row-of-another-model", "Btech_Pixel_AUROC.tex", "GANomaly", "", "", "draem"),
        ("cell-differs-from-log", "MVTec_Image_AUROC.tex", "DFKDE", "Grid", "46.69", "43.6926"),
        ("tables-disagree", "kolektor.csv", "UFLOW", "image auroc value", "90.01", "90.91"),
        ("suspicious-constant", "VisA_Image_AUROC.tex", "CFA", "Cashew, Fryum", "19.12", "3 times"),
        (
            "suspicious-constant",
            "MVTec_Image_AUROC.tex",
            "CFA",
            "Carpet, Bottle",
            "50.00",
            "chance",
        ),
        ("zero-as-result", "MVTec3D_Image_AUROC.tex", "CFA", "Tire", "0.00", "no log"),
        ("bold-inconsistent", "published_image_auroc.md", "STFPM", "Hazelnut", "96.50", "not bold"),
        ("logged-not-reported", "published_image_auroc.md", "", "", "fre", "was logged"),
        ("logged-not-shown", "published_image_auroc.md", "Kolektor", "DFM", "-", "92.05"),
        ("run-failed", "train_test_mvtec_rkde.log", "rkde", "carpet", "", "RuntimeError"),
        ("overlap-without-auroc", "MVTec_Pixel_PRO.tex", "CFA", "Capsule", "100.00", "0.1496"),
        ("caption-contradicts", "VisA_Pixel_PRO.tex", "", "", "15", "12 columns of categories"),
    ],
)
def test_known_errors_are_found(findings, rule, file, row, column, value, message):  # noqa: PLR0917
    mine = findings[findings["rule"] == rule]
    mine = mine[mine["file"].map(lambda path: Path(path).name) == file]
    mine = mine[(mine["row"] == row) & mine["column"].str.startswith(column)]
    mine = mine[mine["value"].str.startswith(value)]
    assert mine["message"].str.contains(message, regex=False).any()


def test_right_averages_are_not_called_wrong(findings):
    wrong = findings[findings["rule"] == "average-wrong"]
    assert 15 <= len(wrong) <= 25  # of some 280 rows
    assert not wrong["row"].isin(["PatchCore", "UFLOW", "GANomaly"]).any()


def test_every_finding_has_a_place(findings):
    assert (findings["line"] > 0).all()
    assert findings["message"].str.len().gt(0).all()
