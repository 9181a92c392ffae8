"""Files that a test writes, and what the audit finds in them."""

from __future__ import annotations

import pytest

from iadbe.auditing import audit


@pytest.fixture
def written(tmp_path):
    """written({"a.md": text}) → the folder with these files."""

    def write(files):
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def found(written):
    """found(rule, files) → (row, column, value) of the rule's findings, in order."""

    def run(rule, files):
        findings = audit([written(files)])
        mine = findings[findings["rule"] == rule]
        return list(mine[["row", "column", "value"]].itertuples(index=False, name=None))

    return run


@pytest.fixture
def messages(written):
    """messages(rule, files) → the messages of the rule's findings, in order."""

    def run(rule, files):
        findings = audit([written(files)])
        return list(findings.loc[findings["rule"] == rule, "message"])

    return run


@pytest.fixture
def table():
    """table("PaDiM 90 91 90.5", …) → Markdown of image AUROC on MVTec, or another title."""

    def make(*rows, title="Image AUROC on MVTec", header="screw pill Average"):
        columns = header.split()
        lines = [f"| | {' | '.join(columns)} |", f"|{'---|' * (len(columns) + 1)}"]
        lines += [f"| {' | '.join(row.split())} |" for row in rows]
        return f"## {title}\n" + "\n".join(lines) + "\n"

    return make


@pytest.fixture
def log():
    """log(model="padim", screw=0.9) → a log of Anomalib's command line, image and pixel AUROC."""

    def make(model="padim", data="MVTec", metric="image_AUROC", command="train", **values):
        config = f"--config ../configs/models/{model}.yaml"
        begun = f"anomalib {command} --data anomalib.data.{data} --data.category {{}} {config}"
        return "".join(_run(begun, metric, c, v) for c, v in values.items())

    return make


def _run(command, metric, category, value):
    begun = f"Running command: {command.format(category.removeprefix('_'))}\n"
    if value is None:
        return begun + "Traceback (most recent call last):\nRuntimeError: no features\n"
    return (
        begun
        + "┏━━━━━━━┳━━━━━━━┓\n"
        + "┃        Test metric        ┃       DataLoader 0        ┃\n"
        + "┡━━━━━━━╇━━━━━━━┩\n"
        + f"│        {metric}        │    {value}    │\n"
        + "│         image_PRO         │            1.0            │\n"
        + "└───────┴───────┘\n"
    )
