"""Training in a process of its own that may not use the network, seen from outside."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

PROGRAM = """
import json, socket, sys, tempfile
from pathlib import Path

def refuse(*arguments, **options):
    raise AssertionError(f"network used: {arguments}")

connect = socket.socket.connect

def connect_locally(self, address):
    return connect(self, address) if self.family == socket.AF_UNIX else refuse(address)

socket.getaddrinfo = socket.gethostbyname = socket.create_connection = refuse
socket.socket.connect, socket.socket.connect_ex = connect_locally, refuse

from iadbe.models.yolo import YoloModel, YoloParams
from iadbe.samples import Samples
from iadbe.testing.drawn import draw_dataset

folder = Path(sys.argv[1])
frame = draw_dataset(folder, 64)
train = Samples(frame[frame["split"] == "train"], 64, labelled=True)

def fit_and_predict(_=None):
    import torch
    threads = torch.get_num_threads()
    model = YoloModel(YoloParams(epochs=1), "cpu")
    model.fit(train, 0)
    assert torch.get_num_threads() == threads
    test = Samples(frame[frame["split"] == "test"], 64)
    return [prediction.image_score for prediction in model.predict(test)]

def main():
    if sys.argv[2] == "here":
        return fit_and_predict()
    import multiprocessing
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(YoloModel.preload))
    with context.Pool(1) as pool:
        return pool.map(fit_and_predict, [None])[0]

if __name__ == "__main__":
    print(json.dumps(main()))
"""


def run(tmp_path, where):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    folders = {name: tmp_path / name for name in ("home", "work", "temp", "data")}
    for folder in folders.values():
        folder.mkdir()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("YOLO", "XDG"))
    }
    environment |= {
        "HOME": str(folders["home"]),
        "TMPDIR": str(folders["temp"]),
        "MPLCONFIGDIR": str(tmp_path / "matplotlib"),
        "OMP_NUM_THREADS": "1",
    }
    done = subprocess.run(
        [sys.executable, str(program), str(folders["data"]), where],
        cwd=folders["work"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    left = {name: sorted(p.name for p in folders[name].rglob("*")) for name in ("home", "work")}
    left["temp"] = sorted(path.name for path in folders["temp"].glob("iadbe-*"))
    return json.loads(done.stdout), left


def test_training_uses_no_network_and_leaves_nothing(tmp_path):
    scores, left = run(tmp_path, "here")
    assert len(scores) == 8
    assert left == {"home": [], "work": [], "temp": []}


def test_a_preloaded_fork_server_gives_the_same_scores(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    here, _ = run(tmp_path / "a", "here")
    forked, left = run(tmp_path / "b", "forked")
    assert forked == here
    assert left["home"] == left["work"] == []
