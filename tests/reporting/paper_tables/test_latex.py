"""LaTeX that compiles, whatever is in it."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from iadbe.reporting.paper_tables.document import NAME
from iadbe.reporting.paper_tables.escape import escape

from .conftest import written

ENGINES = {
    "pdflatex": ["-interaction=nonstopmode", "-halt-on-error"],
    "lualatex": ["-interaction=nonstopmode", "-halt-on-error"],
    "tectonic": [],
}
HOSTILE = '50 % of a_b & #1 {x} \\end $y$ ~/café ^ <b> “q” "r" 漢 ± 0.5 – \x07 |'


@pytest.fixture(scope="module")
def engine():
    found = next((name for name in ENGINES if shutil.which(name)), None)
    if found is None:
        pytest.skip(f"none of {', '.join(ENGINES)}")
    return [found, *ENGINES[found]]


def compiled(folder, files, engine):
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    done = subprocess.run(
        [*engine, f"{NAME}.tex"], cwd=folder, capture_output=True, text=True, check=False,
        errors="replace",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
    assert (folder / f"{NAME}.pdf").read_bytes().startswith(b"%PDF")
    return done.stdout


def test_all_tables_of_the_original_compile(files, engine, tmp_path):
    output = compiled(tmp_path, files, engine)
    assert "Overfull" not in output
    assert "multiply defined" not in output


def test_hostile_names_and_causes_compile(tables, engine, tmp_path):
    failed = tables.runs["status"] == "failed"
    runs = tables.runs.assign(cause=tables.runs["cause"].mask(failed, HOSTILE))
    runs["model"] = runs["model"].replace("stfpm", "stfpm_lite_0")
    metrics = tables.metrics.assign(model=tables.metrics["model"].replace("stfpm", "stfpm_lite_0"))
    compiled(tmp_path, written(tables._replace(metrics=metrics, runs=runs)), engine)


def test_a_table_is_as_booktabs_wants_it(files):
    text = files["mvtec_ad_image_auroc.tex"]
    for part in (
        r"\toprule", r"\midrule", r"\bottomrule", r"\resizebox{\textwidth}{!}{%",
        r"\label{tab:mvtec-ad-image-auroc}", r"\textbf{98.06}",
        r"\caption{Image AUROC on MVTec AD in per cent: 16 models, 15 categories. "
        r"Bold marks values of at least 95.}",
    ):  # fmt: skip
        assert part in text
    assert r"\hline" not in text


def test_a_narrow_table_is_not_blown_up(files):
    assert r"\resizebox" not in files["btech_image_auroc.tex"]


def test_every_table_is_in_the_document(files):
    inputs = {name.removesuffix(".tex") for name in files if name.endswith(".tex")} - {NAME}
    assert all(rf"\input{{{name}}}" in files[f"{NAME}.tex"] for name in inputs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("padim_lite0", r"padim\_lite0"),
        ("50 %", r"50 \%"),
        ("50.00†", r"50.00\textsuperscript{\dag}"),
        ("café", "cafe"),
        ("漢", "?"),
        ("a\\b", r"a\textbackslash{}b"),
        ("a\nb", "a b"),
    ],
)
def test_signs_of_latex_are_printed_as_they_are(text, expected):
    assert escape(text) == expected
