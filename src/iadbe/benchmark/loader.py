"""A config loader that knows the benchmark, so that the registry can build its pipelines.

Kedro calls `register_pipelines()` without telling it the environment, the runtime parameters or
the configuration folder. The loader is the one object that has all three in every entry point
(`kedro run`, `kedro viz`, the packaged wheel), so the last one made is remembered.
"""

from __future__ import annotations

import copy
import functools
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, cast

from kedro.config import MissingConfigException, OmegaConfigLoader
from omegaconf import OmegaConf

from iadbe.benchmark.cell import Cell
from iadbe.benchmark.check import (
    check_benchmark,
    check_models,
    check_protocol,
    check_runtime_params,
)
from iadbe.benchmark.repeating import command, repeating
from iadbe.benchmark.selection import AXES, did_you_mean, select
from iadbe.benchmark.spec import BenchmarkSpec, ModelEntry
from iadbe.checkout import git_state
from iadbe.errors import ConfigError
from iadbe.project import packaged_conf

PROTOCOL, LIMITS = "protocol", "limits"
DEMO = "demo"
"""Name of the benchmark that `conf/base` holds."""


class BenchmarkConfigLoader(OmegaConfigLoader):
    """OmegaConf loader that adds the cells of the matrix to the parameters.

    Every cell's nodes find their `Cell` as the parameter `<cell id>.cell`, and what the run record
    says of where it comes from as `<cell id>.origin`; every dataset's ingestion finds its
    categories and splits as `<dataset>.ingest`; `matrix` lists all cells.
    """

    latest: ClassVar[BenchmarkConfigLoader | None] = None

    def __init__(
        self,
        conf_source: str | Path,
        env: str | None = None,
        runtime_params: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self._spec: BenchmarkSpec | None = None
        self._parsed: dict[str, tuple[Any, ...]] = {}
        super().__init__(conf_source, env, runtime_params, **kwargs)
        BenchmarkConfigLoader.latest = self

    def __getitem__(self, key: str) -> dict[str, Any]:
        """Configuration by key; `parameters` come with the matrix."""
        # Resolvers are global: the one of the loader that is asked has to be in place.
        OmegaConf.register_new_resolver("benchmark", self._resolve, replace=True)
        if key == "parameters":
            # A copy: whoever asked may change it.
            return {**copy.deepcopy(self._parameters), **self._matrix_parameters()}
        return self._resolved(key)

    @property
    def spec(self) -> BenchmarkSpec:
        """The checked `benchmark.yml` of this environment."""
        if self._spec is None:
            raw = self["benchmark"]
            asked = {"name": self._name(raw)} | self._asked_protocol() | self._asked_limits(raw)
            self._spec = check_benchmark(raw | asked, self.files("benchmark"))
        return self._spec

    @functools.cached_property
    def cells(self) -> list[Cell]:
        """The whole matrix."""
        return self.spec.cells(self._entries)

    @property
    def selected(self) -> list[Cell]:
        """The cells that the runtime parameters ask for."""
        return select(self.cells, self.runtime_params or {})

    @property
    def predicting(self) -> Cell:
        """The cell that `--pipelines prediction` asks for; the first if it names none.

        Raises:
            ConfigError: If the benchmark has no such cell.
        """
        cells = {cell.id: cell for cell in self.cells}
        given, first = self.runtime_params or {}, next(iter(cells))
        if given.get("images") and not given.get("cell"):
            raise ConfigError(f"--params images=…: say which cell scores them, too: cell={first}.")
        wanted = str(given.get("cell") or first)
        if wanted not in cells:
            known = did_you_mean(wanted, list(cells))
            raise ConfigError(f"--params cell={wanted}: no such cell; {known}.")
        return cells[wanted]

    def files(self, key: str) -> str:
        """The files that `key` was read from, for messages."""
        found = self._read_once(key)[4]
        return " + ".join(sorted(str(path) for path in found)) or f"{self.conf_source}/{key}.yml"

    def _read_raw_config(self, key: str) -> tuple[Any, ...]:
        """The files of a key as Kedro reads them; a copy, because merging uses them up."""
        return copy.deepcopy(self._read_once(key))

    def _read_once(self, key: str) -> tuple[Any, ...]:
        """A run asks for the same files ten times, and parsing takes most of its start."""
        if key not in self._parsed:
            self._parsed[key] = super()._read_raw_config(key)
        return self._parsed[key]

    def _keys(self, key: str) -> list[str]:
        """Top-level keys of the files, without what the runtime parameters add."""
        base, environment = self._read_once(key)[:2]
        return [str(name) for file in (*base.values(), *environment.values()) for name in file]

    def _resolved(self, key: str) -> dict[str, Any]:
        try:
            value: dict[str, Any] = super().__getitem__(key)
        except MissingConfigException as missing:
            raise self._no_such_environment(missing) from missing
        return value

    @functools.cached_property
    def _parameters(self) -> dict[str, Any]:
        """As the files and the runtime parameters give them; merging takes as long as parsing."""
        return self._resolved("parameters")

    @functools.cached_property
    def _entries(self) -> dict[str, ModelEntry]:
        where = self.files("benchmark"), self.files("parameters")
        entries = check_models(self._parameters.get("model") or {}, self.spec.models, *where)
        check_protocol(self.spec, entries, where[0])
        return entries

    def _matrix_parameters(self) -> dict[str, Any]:
        known = [*AXES, PROTOCOL, LIMITS, *self._keys("parameters")]
        check_runtime_params(self.runtime_params or {}, known)
        cells = self.cells
        tree: dict[str, Any] = {
            dataset: {"ingest": self._ingest(dataset)} for dataset in self.spec.datasets
        }
        for cell in cells:
            seeds = tree[cell.dataset].setdefault(cell.model, {}).setdefault(cell.category, {})
            seeds[f"s{cell.seed}"] = {"cell": cell.model_dump(), "origin": self._origin(cell)}
        facts = self.spec.model_dump(mode="json") | {
            "name": self.spec.store,
            "command": command(self.env),
            "cards": _cards(self._entries),
        }
        return tree | {"matrix": [cell.model_dump() for cell in cells], "facts": facts}

    def _origin(self, cell: Cell) -> dict[str, Any]:
        """The command that repeats a cell, and the commit of the project."""
        return {
            "command": repeating(cell, self.env, self.runtime_params or {}),
            "git": self._git,
        }

    @functools.cached_property
    def _git(self) -> dict[str, Any] | None:
        conf = Path(self.conf_source)
        # The packaged demo and an archive are nobody's project: the folder of work is.
        own = conf.is_dir() and conf != packaged_conf()
        return git_state(conf if own else Path.cwd())

    def _ingest(self, dataset: str) -> dict[str, Any]:
        categories = self.spec.datasets[dataset]
        return {
            "dataset": dataset,
            "categories": categories,
            "validation": self.spec.held_out,
            "leave_out_errors": self.spec.leave_out_errors,
            "image_size": self.spec.image_size,
        }

    def _asked_protocol(self) -> dict[str, Any]:
        """`--params protocol=paper` runs the same benchmark under the other protocol."""
        given = self.runtime_params or {}
        return {PROTOCOL: given[PROTOCOL]} if PROTOCOL in given else {}

    def _asked_limits(self, raw: dict[str, Any]) -> dict[str, Any]:
        """`--params limits.latency_ms=20` asks for another answer from the same results."""
        given, configured = (self.runtime_params or {}).get(LIMITS), raw.get(LIMITS) or {}
        if isinstance(given, Mapping) and isinstance(configured, Mapping):
            given = {**configured, **given}
        return {LIMITS: configured if given is None else given}

    def _name(self, raw: dict[str, Any]) -> str:
        """The name in the environment's own file, else the environment's; `demo` for base."""
        if not self.env or self.env in (self.base_env, self.default_run_env):
            return str(raw.get("name", DEMO))
        overriding = self._read_once("benchmark")[1].values()
        return str(next((file["name"] for file in overriding if "name" in file), self.env))

    def _resolve(self, key: str) -> Any:
        """`${benchmark:name}` and its like, in the catalog and elsewhere."""
        if key == "predicting":
            return self.predicting.id
        return self.spec.store if key == "name" else getattr(self.spec, key)

    def _no_such_environment(self, missing: MissingConfigException) -> Exception:
        root = Path(self.conf_source)
        if self.env and root.is_dir() and not (root / self.env).is_dir():
            known = sorted(path.name for path in root.iterdir() if path.is_dir())
            return ConfigError(
                f"There is no environment {self.env!r} in {root}; it has: {', '.join(known)}."
            )
        return missing


def _cards(entries: dict[str, ModelEntry]) -> dict[str, Any]:
    """Only what an entry says: what it leaves out, its plugin may know."""
    return {
        name: entry.card.model_dump(mode="json", exclude_unset=True)
        for name, entry in entries.items()
        if entry.card
    }


def current() -> BenchmarkConfigLoader:
    """The loader of this session, or one made from the settings where Kedro has none yet."""
    if BenchmarkConfigLoader.latest is None:
        from kedro.framework.project import settings

        BenchmarkConfigLoader(
            conf_source=str(settings.CONF_SOURCE),
            env=os.environ.get("KEDRO_ENV"),
            **settings.CONFIG_LOADER_ARGS,
        )
    return cast("BenchmarkConfigLoader", BenchmarkConfigLoader.latest)
