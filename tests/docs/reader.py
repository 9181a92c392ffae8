"""The machine of a reader who types what the docs say: toy models and drawn images."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml
from markdown_files import files_in
from shell import Shell

from iadbe.demo.draw import draw
from miniatures import DRAWN, Painter
from project import PLUGINS, ROOT, new_project

STAND_INS = {
    "/mnt/": "mnt/",
    "/data/visa": "visa",
    "OTHER/data": "mnt/second/data",
    "LOGS": "logs",
    "NAME": "theirs",
}
"""What a page leaves to the reader, and what it is here."""
KINDS = ["padim", "patchcore"]
CUT = {
    "mvtec_ad": ({"mvtec_ad": ["bottle"]}, KINDS),
    "mvtec_ad_offline": ({"mvtec_ad": ["bottle"]}, ["padim_lite0", "dfkde_lite0"]),
    "iadbe": ({"btech": ["01"], "kolektor": ["kolektor"]}, KINDS),
    "btech": ({"btech": ["01", "02"]}, ["padim"]),
    "smoke": ({"demo": ["part"]}, ["padim"]),
    "custom": ({"screws": ["screws"]}, ["padim_lite0"]),
}
"""Environments that come with IADBE, with so few cells that they take seconds."""
PLUGIN = """
from iadbe.models.weights import url_file
from iadbe_toys import Toy

class Lenient(Toy):
    '''Stands in for an entry whose parameters a page or an environment changes.'''
    class Params(Toy.Params):
        args: dict = {}
        epochs: int = 1
        imgsz: int = 64

class Weighty(Toy):
    '''Reads a file that others publish.'''
    @classmethod
    def weights(cls, params):
        return [url_file("https://example.com/net.bin", megabytes=1)]
"""
ENTRIES = {"padim": "toy", "padim_lite0": "toy", "patchcore": "weighty", "dinomaly": "weighty"}
LOG = """\
Running command: anomalib train --data mvtec_ad.yaml --data.category screw --config padim.yaml
2024-05-27 12:12:20,865 - INFO - Initializing Padim model.
2024-05-27 12:12:29,599 - INFO - Training took  7.68 seconds
────────────────────────────────────────
       Test metric             DataLoader 0
────────────────────────────────────────
       image_AUROC          0.8024725317955017
────────────────────────────────────────
"""
TABLE = """\
# Image AUROC on MVTec AD

| model | bottle | cable | average |
|---|---|---|---|
| PaDiM | 99.0 | 97.0 | 98.0 |
"""


class Reader:
    """A folder to work in; `run` runs a line of a shell block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = new_project(folder, padim_lite0={}, patchcore_lite0={"scale": 2.0})
        self._install_plugin()
        self._configure()
        self._draw()
        self.environment = {**self.project.environment, **self._homes()}
        self.shell = Shell(folder, self.environment)
        self.known: set[str] = set()  # the lines that were run

    def _install_plugin(self):
        info = self.folder / "site/stand_ins-1.0.dist-info"
        info.mkdir(parents=True)
        (self.folder / "site/stand_ins.py").write_text(PLUGIN)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stand-ins\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(
            "[iadbe.models]\nlenient = stand_ins:Lenient\nweighty = stand_ins:Weighty\n"
        )
        self.project.plugins = os.pathsep.join([str(self.folder / "site"), str(PLUGINS)])

    def _configure(self):
        text = (ROOT / "pyproject.toml").read_text("utf-8")
        (self.folder / "pyproject.toml").write_text(text[text.index("[tool.kedro]") :])
        (self.folder / "src").mkdir()
        for env, (datasets, models) in CUT.items():
            shutil.copytree(ROOT / "conf" / env, self.folder / "conf" / env)
            known = yaml.safe_load((ROOT / "conf" / env / "benchmark.yml").read_text())
            cut = {"datasets": datasets, "models": models}
            self.project.configure("benchmark", env, **{**known, **cut, "image_size": 64})
        (self.folder / "conf/smoke/parameters_models.yml").unlink()
        self._write_files_of(ROOT / "docs/own_images.md")
        names = yaml.safe_load((ROOT / "conf/base/parameters_models.yml").read_text())["model"]
        entries = {
            name: {"plugin": ENTRIES.get(name, "lenient"), "params": {}, "card": entry.get("card")}
            for name, entry in names.items()
        }
        entries["patchcore_lite0"]["params"] = {"scale": 2.0}
        self.project.configure("parameters_models", model=entries)
        shutil.copytree(self.folder / "conf", self.folder / "pristine")

    def _write_files_of(self, page):
        for name, text in files_in(page).items():
            if name.startswith("conf/"):
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / name).write_text(text, "utf-8")

    def _draw(self):
        raw = self.folder / "data/01_raw"
        part, test = self.folder / "raw/part", self.folder / "raw/part/test"
        shutil.copytree(self.folder / "raw", raw / "demo")
        shutil.copytree(part, raw / "MVTecAD/bottle")
        shutil.copytree(part, self.folder / "screws/of_readme/part")
        photos = self.folder / "screws/of_others"
        shutil.copytree(part / "train/good", photos / "ok")
        defects = sorted(path for path in test.iterdir() if path.name != "good")
        for name, source in zip(("scratch", "dent"), defects, strict=False):
            shutil.copytree(source, photos / name)
            masks = part / "ground_truth" / source.name
            for image in source.iterdir():  # labelled training images have masks there, too
                (photos / "masks" / name).mkdir(parents=True, exist_ok=True)
                shutil.copy(masks / f"{image.stem}_mask.png", photos / "masks" / name)
        shutil.copytree(test, self.folder / "photos")
        few = {"n_train": 6, "n_test_normal": 2, "n_test_anomalous": 4, "n_train_anomalous": 2}
        draw(self.folder / "raw_few", size=64, categories=["part"], **few)
        catalog = yaml.safe_load((ROOT / "conf/iadbe/catalog.yml").read_text())
        for dataset, paint in DRAWN.items():
            paint(Painter(self.folder / catalog[f"{dataset}.raw"]["filepath"]))
        for name, text in {
            "results.md": TABLE,
            "README.md": TABLE,
            "docs/results/results.md": TABLE,
            "tables/results.md": TABLE,
            "logs/train_test_mvtec_ad_padim.log": LOG,
            "weights_here/net.bin": "numbers",
        }.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, "utf-8")
        published = self.folder / "src/iadbe/published"
        shutil.copytree(ROOT / "src/iadbe/published", published)

    def _homes(self):
        homes = ("XDG_DATA_HOME", "XDG_CACHE_HOME", "HF_HOME", "TORCH_HOME")
        return {
            **{name: str(self.folder / "home" / name) for name in homes},
            "IADBE_WEIGHTS": str(self.folder / "weights_here"),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        }

    def open(self, page):
        """Begin a page: configuration as it came, with the files that the page shows."""
        shutil.rmtree(self.folder / "conf")
        shutil.copytree(self.folder / "pristine", self.folder / "conf")
        self._write_files_of(page)
        self.settings: dict[str, str] = {}
        screws = self.folder / "data/01_raw/screws"  # README has its own way to lay them out
        screws.unlink(missing_ok=True)
        kind = "of_readme" if page.name == "README.md" else "of_others"
        screws.symlink_to(self.folder / "screws" / kind)

    def run(self, words):
        """Exit code and output of one line, without comment and stand-ins put in."""
        words = [self._stand_in(word) for word in words]
        environment = {**self.environment, **self.settings}
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            self.settings[name] = value
            return 0, ""
        if "pack" in words:  # wants a new folder; a page shows several ways
            shutil.rmtree(self.folder / words[words.index("pack") + 1], ignore_errors=True)
        if words[0] in {"kedro", "iadbe"}:
            return self.shell.run(words, self.folder, environment)
        folder = self.folder
        if words[0] == "cp":  # of the configuration, into a folder without one
            folder = self.folder / "elsewhere"
            folder.mkdir(exist_ok=True)
        line = " ".join(words)
        done = subprocess.run(
            ["bash", "-ec", line],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def _stand_in(self, word):
        for name, here in STAND_INS.items():
            word = re.sub(rf"(?<![\w$]){re.escape(name)}", here, word)
        return word

    def close(self):
        self.shell.close()
