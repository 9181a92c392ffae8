"""What a log, its name and the commands in it say about the runs that follow."""

from __future__ import annotations

import re
from typing import NamedTuple

from iadbe.auditing import names

_PREFIX = re.compile(r"(?:train_test|train|test)_")
_COMMAND = re.compile(r"\banomalib (?:train|test|fit|validate) (.+)")
_OPTION = r"--{}[ =](\S+)"
_CHECKPOINT = re.compile(r"/([^/]+)/([^/]+)/([^/]+)/(?:latest|v\d+|run)[^ ]*/weights/")


class Announced(NamedTuple):
    """Names, each None where nothing is said."""

    dataset: str | None = None
    model: str | None = None
    category: str | None = None
    trained_on: str | None = None

    def over(self, other: Announced) -> Announced:
        """These names, and the other's where there are none."""
        return Announced(*(mine or theirs for mine, theirs in zip(self, other, strict=True)))


def by_file_name(stem: str) -> Announced:
    """`train_test_<dataset>_<model>`, and `test_<dataset>_<model>_<category trained on>`."""
    tested = stem.startswith("test_")
    words = _PREFIX.sub("", stem, count=1).split("_")
    taken = next((n for n in (3, 2, 1) if names.is_known_dataset("_".join(words[:n]))), 1)
    dataset = names.dataset("_".join(words[:taken]))
    rest = words[taken:]
    if not rest:
        return Announced(dataset=dataset)
    ends = (n for n in range(len(rest), 0, -1) if names.is_known_model("_".join(rest[:n])))
    end = next(ends, 1 if tested else len(rest))
    trained_on = names.category("_".join(rest[end:])) if tested and rest[end:] else None
    return Announced(dataset, names.model("_".join(rest[:end])), None, trained_on)


def by_command(line: str) -> Announced | None:
    """Anomalib's command line; None if the line has none."""
    if not (command := _COMMAND.search(line)):
        return None
    said = command[1]
    data = _last_part(_option(said, "data"))
    model = _last_part(_option(said, "model") or _option(said, "config"))
    category = _option(said, r"data\.category") or _option(said, r"data\.init_args\.category")
    checkpoint = _CHECKPOINT.search(_option(said, "ckpt_path") or "")
    return Announced(
        dataset=names.known_dataset(data) if data else None,
        model=names.model(model) if model else None,
        category=names.category(category) if category else None,
        trained_on=names.category(checkpoint[3]) if checkpoint else None,
    )


def _option(said: str, name: str) -> str | None:
    found = re.search(_OPTION.format(name), said)
    return found[1] if found else None


def _last_part(value: str | None) -> str | None:
    """`anomalib.data.MVTec` → `MVTec`, `../configs/data/mvtec_3d.yaml` → `mvtec_3d`."""
    if value is None:
        return None
    return re.sub(r"\.ya?ml$", "", value).rsplit("/", 1)[-1].rsplit(".", 1)[-1]
