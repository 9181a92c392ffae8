"""`iadbe models`, from an entry in the configuration to the package behind it."""

import re
from pathlib import Path

import pytest

from project import ROOT


def test_list_shows_what_is_known_of_models_and_plugins_with_packages(shell):
    shown = shell("iadbe", "models", "list")
    assert re.search(r"slow +toy +unsupervised +yes +- +- *\n", shown)
    assert re.search(r"carded +carded +unsupervised +yes +2021 +Apache-2.0 wi… *\n", shown)
    assert re.search(r"misspelt +toy +- +- +- +- *\n", shown)
    assert "not to be used as they are: misspelt; `iadbe models show misspelt` says why" in shown
    assert re.search(r"toy +iadbe-toys +1\.0", shown)
    assert re.search(r"yolo +iadbe +\d", shown)


def test_list_shows_plugins_that_need_no_entry(shell):
    shown = shell("iadbe", "models", "list")
    assert re.search(r"\ntoy +toy +unsupervised +yes", shown)
    assert re.search(r"\nprovided_bare +provided_bare +unsupervised +yes", shown)
    assert not re.search(r"\nanomalib +anomalib +unsupervised", shown)


def test_list_shows_parameters_when_asked(shell):
    assert re.search(r"slow +toy +seconds: 30\.0 *\n", shell("iadbe", "models", "list", "--params"))


def test_list_of_all_models_fits_a_terminal_of_80_columns(shell):
    shown = shell("iadbe", "models", "list", folder=ROOT)
    assert re.search(r"padim +anomalib +unsupervised +yes +2021 +Apache-2.0", shown)
    assert re.search(r"dfkde +anomalib +unsupervised +no +", shown)
    rows = [line for line in shown.splitlines() if " unsupervised " in line]
    assert len(rows) > 30
    assert all(len(row) <= 80 and "…" not in row[:40] for row in rows)


def test_list_names_both_packages_of_a_name_and_goes_on(shell, environment, tmp_path, monkeypatch):
    info = tmp_path / "acme_toys-2.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-toys\nVersion: 2.0\n")
    (info / "entry_points.txt").write_text("[iadbe.models]\ntoy = acme:Toy\n")
    monkeypatch.setenv("PYTHONPATH", f"{environment['PYTHONPATH']}:{tmp_path}")
    assert "registered by acme-toys 2.0 and iadbe-toys 1.0" in shell("iadbe", "models", "list")
    refused = shell("iadbe", "models", "show", "well", code=1)
    assert "acme-toys 2.0 and iadbe-toys 1.0" in _only_line(refused)
    assert "ultralytics" in shell("iadbe", "models", "show", "yolo")


def test_show_tells_what_a_configured_model_is_and_takes(shell):
    shown = shell("iadbe", "models", "show", "slow")
    assert re.search(r"slow +plugin toy of iadbe-toys 1\.0", shown)
    assert re.search(r"supervision +unsupervised", shown)
    assert re.search(r"localizes +yes", shown)
    assert "Distance of the image's colourfulness to that of the mean training image." in shown
    assert re.search(r"scale +\(float, default 1\.0\)", shown)
    assert re.search(r"seconds +\(float, default 0\.0, here 30\.0\)", shown)


def test_show_tells_what_the_card_and_the_weights_are(shell):
    shown = " ".join(shell("iadbe", "models", "show", "carded").split())
    for fact in [
        "method Toy model with a card",
        "paper Somebody: A toy, Toys 2021",
        "licence of code Apache-2.0 with some exceptions",
        "licence of weights -",
        "weights timm/resnet18 as resnet18.safetensors, Apache-2.0; url/more.zip as more.zip, 3 MB",
        "stand-ins random weights for timm/resnet18: never ranked",
        "deterministic no",
        "image_auroc 0.91 on mvtec_ad, 128 px; table 1",
        "Known traps: - Drawn by hand.",
    ]:
        assert fact in shown


def test_show_of_an_entry_with_a_mistake_in_its_card_is_one_line(shell, toys, tmp_path):
    toys.configure(
        "parameters_models", "mistaken", model={"odd": {"plugin": "toy", "card": {"yr": 1}}}
    )
    line = _only_line(shell("iadbe", "models", "show", "odd", "--env", "mistaken", code=1))
    assert "parameters_models.yml: model.odd.card.yr: no such key; did you mean 'year'?" in line


def test_show_asks_the_configured_model_not_the_plugin_whether_it_localizes(shell):
    assert re.search(r"localizes +yes", shell("iadbe", "models", "show", "padim", folder=ROOT))
    assert re.search(r"localizes +no", shell("iadbe", "models", "show", "dfkde", folder=ROOT))


def test_show_of_yolo_names_the_licence_and_describes_each_parameter(shell):
    shown = shell("iadbe", "models", "show", "yolo")
    assert "AGPL-3.0" in shown
    assert re.search(r"supervision +supervised", shown)
    described = re.findall(r"^  (\w+) +\((?:.|\n)*?\) *\S", shown, re.MULTILINE)
    assert {"weights", "epochs", "batch_size", "imgsz"} <= set(described)
    assert re.search(r"imgsz +\(int \| None, default None\)\s+Edge of the", shown)
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("command", ["show", "check"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("wel", ["no model or plugin 'wel'", "did you mean 'well'", "anomalib", "slow"]),
        ("outdated", ["iadbe-toys 1.0", "API version 0"]),
        ("broken", ["iadbe-toys 1.0", "a_library_that_is_not_installed"]),
        ("misspelt", ["'misspelt'", "behve", "did you mean 'behave'"]),
    ],
)
def test_what_cannot_be_shown_or_checked_is_one_line(shell, command, name, words):
    line = _only_line(shell("iadbe", "models", command, name, code=1))
    for word in words:
        assert word in line


def test_check_passes_a_model_that_keeps_the_contract_and_hushes_it(shell):
    lines = shell("iadbe", "models", "check", "well").splitlines()
    assert len(lines) > 10
    assert all(line.startswith("ok ") for line in lines)


def test_check_says_what_a_model_breaks_and_where_its_output_is(shell):
    shown = shell("iadbe", "models", "check", "misshapen", code=1)
    assert "ok   fits" in shown
    assert re.search(r"FAIL \w+\n +.*\(63, 64\)", shown)
    log = re.search(r"what it printed is in (\S+)", shown)[1]
    assert "chatter of a third party" in Path(log).read_text("utf-8")


def test_datasets_are_listed_with_layout_folder_and_categories(shell):
    shown = shell("iadbe", "datasets", "list")
    assert re.search(r"demo +mvtec_ad +raw +fabric, part", shown)


def _only_line(output):
    lines = output.strip().splitlines()
    assert len(lines) == 1, output
    assert lines[0].startswith("Error: ")
    return lines[0]
