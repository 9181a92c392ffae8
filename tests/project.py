"""A small project in a folder of its own, run as a user would: by command, in a new process."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import yaml

from obvious import make_obvious

ROOT = Path(__file__).parents[1]
PLUGINS = Path(__file__).parent / "plugins"


class Project:
    """Conf, data and results below `folder`; the plugins of `tests/plugins` are installed."""

    def __init__(self, folder: Path, plugins: Path = PLUGINS, benchmark: str = "demo") -> None:
        self.folder = folder
        self.plugins = plugins
        self.benchmark = benchmark

    def configure(self, file: str = "benchmark", env: str = "base", **content) -> None:
        path = self.folder / "conf" / env / f"{file}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(content))

    def command(self, *options: str) -> list[str]:
        return [sys.executable, "-m", "iadbe", *options]

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": str(self.plugins),
            "DO_NOT_TRACK": "1",
            "COLUMNS": "300",
        }

    def run(self, *options: str, code: int = 0, timeout: float = 300) -> str:
        done = subprocess.run(
            self.command(*options),
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        output = done.stdout + done.stderr
        assert done.returncode == code, output
        assert "Traceback" not in output, output
        return output

    def start(self, *options: str) -> subprocess.Popen:
        return subprocess.Popen(
            self.command(*options),
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # A shell's background job ignores Ctrl-C, and so would all that it starts.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        )

    def cell(self, cell_id: str, file: str) -> Path:
        return self.folder.joinpath(
            "data/07_model_output", self.benchmark, *cell_id.split("."), file
        )

    def stages(self) -> dict[str, float]:
        """When each cell's predictions were written, by cell id."""
        root = self.folder / "data/07_model_output" / self.benchmark
        return {
            ".".join(file.parent.relative_to(root).parts): file.stat().st_mtime_ns
            for file in sorted(root.rglob("predictions.parquet"))
        }

    def redone(self, before: dict[str, float]) -> set[str]:
        """Cells whose predictions are newer than before."""
        return {cell for cell, when in self.stages().items() if before.get(cell) != when}

    def report(self, name: str) -> pd.DataFrame:
        path = self.folder / "data/08_reporting" / self.benchmark / name
        if path.suffix == ".csv":
            return pd.read_csv(path, keep_default_na=False, na_values=[""])
        return pd.read_parquet(path)

    def runs(self) -> pd.DataFrame:
        return self.report("runs.parquet").set_index("cell")

    def ledger(self, cell_id: str) -> dict:
        return json.loads(self.cell(cell_id, "ledger.json").read_text())


def new_project(folder: Path, **models: dict) -> Project:
    """A project with two small categories and the given parameters of the toy a model."""
    from iadbe.demo.draw import draw

    project = Project(folder)
    shutil.copytree(ROOT / "conf" / "base", folder / "conf" / "base")
    shutil.copy(ROOT / "conf" / "logging.yml", folder / "conf")
    (folder / "conf" / "local").mkdir()
    draw(
        folder / "raw",
        size=64,
        n_train=20,
        n_test_normal=6,
        n_test_anomalous=10,
        n_train_anomalous=5,
        categories=["fabric", "part"],
    )
    make_obvious(folder / "raw")
    project.configure(
        models=list(models), datasets={"demo": ["fabric", "part"]}, seeds=[0], image_size=64
    )
    entries = {
        name: {
            "plugin": params.pop("plugin", "toy"),
            "card": params.pop("card", None),
            "params": params,
        }
        for name, params in models.items()
    }
    project.configure("parameters_models", model=entries)
    catalog = yaml.safe_load((folder / "conf/base/catalog.yml").read_text())
    catalog["demo.raw"] = {
        "type": "iadbe.datasets.raw_images.RawImagesDataset",
        "filepath": "raw",
        "layout": "mvtec_ad",
    }
    project.configure("catalog", **catalog)
    return project
