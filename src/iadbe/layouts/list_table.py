"""Read a list of files, and what its rows say of an image."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from iadbe.errors import DataError
from iadbe.schemas import NORMAL

COLUMNS = ("path", "label", "defect_type", "split", "mask", "group", "category")
SUFFIXES = (".csv", ".parquet")
_NORMAL = frozenset({"0", "0.0", "false", "normal", NORMAL, "ok"})
_ANOMALOUS = frozenset({"1", "1.0", "true", "anomalous", "abnormal", "anomaly", "bad", "ng", "nok"})
_UNNAMED = "anomalous"
Row = Mapping[str, str | None]
"""The cells of a row by column; None if empty."""


def list_file(root: Path, name: str | None) -> Path:
    """The list of a dataset: `root` itself, the named file below it, or the only one there.

    Raises:
        DataError: If there is none, or it is not clear which.
    """
    if root.is_file():
        return root
    if not root.is_dir():
        raise DataError(f"{root}: no such dataset folder. Put the list there or change its path.")
    if name is not None:
        return _existing(root / name)
    found = sorted(path for path in root.iterdir() if path.suffix.lower() in SUFFIXES)
    if len(found) != 1:
        there = ", ".join(path.name for path in found) or "none"
        raise DataError(
            f"{root}: one list (.csv or .parquet) is needed, there are: {there}. Name it in the "
            "option `file` in catalog.yml."
        )
    return found[0]


def _existing(file: Path) -> Path:
    if not file.is_file():
        raise DataError(f"{file}: no such list. Correct the option `file` in catalog.yml.")
    return file


def read_list(file: Path, group: str) -> pd.DataFrame:
    """The rows of a list, all text, empty cells null.

    Args:
        file: CSV or Parquet.
        group: Name of the column that is read as `group`.

    Raises:
        DataError: If it cannot be read, or lacks a column.
    """
    try:
        raw = pd.read_parquet(file) if file.suffix.lower() == ".parquet" else _csv(file)
    except (OSError, ValueError) as error:
        raise DataError(f"{file}: cannot be read as a table ({error}). Save it again.") from error
    table = raw.rename(columns={group: "group"}) if group in raw else raw
    if group != "group" and group not in raw:
        raise DataError(_lacking(file, group, raw.columns, "Correct the option `group`."))
    if "path" not in table:
        raise DataError(_lacking(file, "path", raw.columns, "Add it."))
    if not {"label", "defect_type"} & set(table):
        raise DataError(_lacking(file, "label", raw.columns, "Add it, or `defect_type`."))
    text = table[[name for name in COLUMNS if name in table]].astype("string")
    cells = {
        name: [None if pd.isna(cell) or not cell.strip() else cell.strip() for cell in text[name]]
        for name in text
    }
    return pd.DataFrame(cells, index=text.index, dtype=object)


def _csv(file: Path) -> pd.DataFrame:
    return pd.read_csv(file, dtype="string", keep_default_na=False, sep=None, engine="python")


def _lacking(file: Path, column: str, there: Collection[str], remedy: str) -> str:
    near = get_close_matches(column, [str(name) for name in there], n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return f"{file}: no column '{column}'.{hint} {remedy} There are: {', '.join(map(str, there))}."


def defect_type_of(file: Path, row: Row) -> str:
    """The defect type of a row, from its label, its defect type or both.

    Raises:
        DataError: If neither says it, or they contradict.
    """
    label = _label(file, row)
    kind = row.get("defect_type")
    if kind is None and label is None:
        raise DataError(f"{file}: '{row['path']}' has neither label nor defect_type. Fill one in.")
    if kind is None:
        return _UNNAMED if label else NORMAL
    normal = str(kind).lower() in _NORMAL
    if label is not None and label == normal:
        raise DataError(
            f"{file}: '{row['path']}' has label {row['label']} and defect_type '{kind}', which "
            "contradict. Correct one of them."
        )
    return NORMAL if normal else str(kind)


def _label(file: Path, row: Row) -> bool | None:
    """Whether a row is anomalous; None if it does not say."""
    label = row.get("label")
    if label is None:
        return None
    word = str(label).lower()
    if word not in _NORMAL | _ANOMALOUS:
        message = f"{file}: '{row['path']}': label '{label}' is neither normal nor anomalous. "
        raise DataError(message + "Write 0 or 1, and the kind of defect into `defect_type`.")
    return word in _ANOMALOUS
