"""Copy the facts out of Anomalib's READMEs: `python -m iadbe.published.transcribe_anomalib`.

Only tables with one row or one column a category are read, and of them only AUROC and AUPRO: the F1
scores are at a threshold chosen on test images.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from iadbe.auditing.names import category, is_average, known_dataset
from iadbe.layouts.facts import official
from iadbe.published.load import ANOMALIB, AVERAGE, COLUMNS

VERSION: Final = "2.7"
URL: Final = "https://github.com/open-edge-platform/anomalib"
_RENAMED = {"anomalyvfm": "anomaly_vfm"}
_METRICS = (
    (r"aupro", "aupro"),
    (r"^(image|i)\b.*au(ro)?c\b|^auroc \(", "image_auroc"),
    (r"^(pixel|p)\b.*au(ro)?c\b", "pixel_auroc"),
)
_BACKBONES = {
    "resnet18": "resnet18", "resnet50": "resnet50", "wideresnet50": "wide_resnet50_2",
    "efficientnetb5": "efficientnet_b5", "deit": "deit_base_distilled_patch16_384",
    "cait": "cait_m48_448",
}  # fmt: skip
_ADAPTED = "adapt_cls_features: {}, seed 0"
_LABELS = {
    "efficientads": "model_size: small", "efficientadm": "model_size: medium",
    "icpr": _ADAPTED.format("true"), "jims": _ADAPTED.format("false"),
}  # fmt: skip
_EARLY = "early stopping on test images"
_SETTINGS = {
    "cfa": _EARLY, "fastflow": _EARLY, "glass": "best epoch on test images",
    "dinomaly": "448 px cropped to 392", "mh_patchcore": "256 px cropped to 224",
}  # fmt: skip
_SIZES = {"dinomaly": 392, "glass": 288, "l2bt": 224, "mh_patchcore": 224}
_ZERO_SHOT = ("anomaly_vfm",)


class Table(NamedTuple):
    """A Markdown table: `heading` is the text above it, `rows` begin with the header."""

    dataset: str
    heading: str
    rows: list[list[str]]


def copied(models: Path) -> pd.DataFrame:
    """The facts of all READMEs below a folder.

    Args:
        models: Anomalib's `models/image`, with a README a model.

    Returns:
        A frame of `COLUMNS`, values in [0, 1].
    """
    rows = [
        fact
        for readme in sorted(models.glob("*/README.md"))
        for table in tables(readme.read_text(encoding="utf-8"))
        for fact in _facts(readme.parent.name, table)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def tables(text: str) -> Iterator[Table]:
    """The Markdown tables of a README with the heading and the dataset they stand under."""
    dataset, heading, rows = "mvtec_ad", "", []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip(" *`") for cell in line.strip().strip("|").split("|")])
            continue
        if rows:
            yield Table(dataset, heading, [rows[0], *rows[2:]])
            rows = []
        if line.startswith("#"):
            heading = line.strip("# ")
            dataset = known_dataset(heading) or dataset


def _facts(folder: str, table: Table) -> Iterator[dict[str, object]]:
    """One fact a cell; categories are laid along the rows, whichever way the table has them."""
    model = _RENAMED.get(folder, folder)
    rows = table.rows
    if is_average(rows[0][0]):  # no column of labels: UniNet's
        rows = [["", *row] for row in rows]
    if not _are_categories(rows[0][1:], table.dataset):
        rows = [list(column) for column in zip(*rows, strict=False)]
    if not _are_categories(rows[0][1:], table.dataset):
        return
    for label, *values in rows[1:]:
        metric = _metric(label) or _metric(table.heading)
        for name, printed in zip(rows[0][1:], values, strict=True):
            if metric and printed:
                yield _fact(model, table, label, metric, name, printed)


def _fact(  # noqa: PLR0913, PLR0917 - what tells one number of a README from another
    model: str, table: Table, label: str, metric: str, name: str, printed: str
) -> dict[str, object]:
    number = float(printed)
    size = re.search(r"(\d+) Image Size", table.heading)
    words = [_SETTINGS.get(model), _LABELS.get(_squeezed(label))]
    return {
        "dataset": table.dataset,
        "model": model,
        "category": AVERAGE if is_average(name) else category(name),
        "metric": metric,
        "value": round(number / 100, 6) if number > 1 else number,
        "as_printed": printed,
        "source": "anomalib",
        "reference": f"README, Anomalib {VERSION}",
        "year": None,
        "url": URL,
        "backbone": _BACKBONES.get(_squeezed(label)),
        "image_size": int(size[1]) if size else _SIZES.get(model),
        "training": "none" if model in _ZERO_SHOT else "category",
        "setting": "; ".join(word for word in words if word) or None,
    }


def _are_categories(labels: list[str], dataset: str) -> bool:
    facts = official(dataset)
    known = {category(label) for label in labels if label}
    return facts is not None and known >= set(facts.categories)


def _metric(text: str) -> str | None:
    return next((name for form, name in _METRICS if re.search(form, text.lower())), None)


def _squeezed(label: str) -> str:
    """`Wide ResNet-50` and `AUROC (ICPR)` as keys: `wideresnet50`, `icpr`."""
    inner = re.search(r"\((.*)\)", label)
    return re.sub(r"[^a-z0-9]", "", (inner[1] if inner else label).lower())


def installed() -> Path:
    """The folder of the READMEs in the Anomalib that is installed; nothing of it is imported."""
    from importlib.util import find_spec

    spec = find_spec("anomalib")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("anomalib is not installed: name the folder of its models/image.")
    return Path(next(iter(spec.submodule_search_locations))) / "models" / "image"


if __name__ == "__main__":
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else installed()
    copied(source).to_csv(Path(__file__).with_name(ANOMALIB), index=False)
