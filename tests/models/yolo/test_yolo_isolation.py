"""Training in a process of its own that may not use the network, seen from outside."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PROGRAM = """
import json, os, socket, sys
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
train = Samples(frame[frame["split"] == "train"], 64, labelled=True)[16:24]

def process():
    import numpy, torch
    return {
        "variables": {k: v for k, v in os.environ.items() if not k.startswith("YOLO_")},
        "printing": str(numpy.get_printoptions()) + str(torch._tensor_str.PRINT_OPTS),
        "threads": torch.get_num_threads(),
        "deterministic": (
            torch.are_deterministic_algorithms_enabled(),
            torch.is_deterministic_algorithms_warn_only_enabled(),
            torch.utils.deterministic.fill_uninitialized_memory,
            torch.backends.cudnn.deterministic,
        ),
    }

def fit_and_predict(weights):
    before = process()
    model = YoloModel(YoloParams(weights=weights, epochs=1, batch_size=8, balance=False), "cpu")
    model.fit(train, 0)
    test = Samples(frame[frame["split"] == "test"], 64)
    scores = [prediction.image_score for prediction in model.predict(test)]
    after = process()
    for what in before:
        assert after[what] == before[what], what
    return scores

def main():
    if sys.argv[2] == "here":
        return [fit_and_predict(weights) for weights in sys.argv[3:]]
    import multiprocessing
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(YoloModel.preload))
    with context.Pool(1) as pool:
        return pool.map(fit_and_predict, sys.argv[3:])

if __name__ == "__main__":
    print(json.dumps(main()))
"""
NETWORKS = ("yolov8n.yaml", "yolo11n-seg.yaml", "yolo11n-cls.yaml")


def run(tmp_path, where, *networks, watched_by=()):
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
        [*watched_by, sys.executable, str(program), str(folders["data"]), where, *networks],
        cwd=folders["work"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    left = {name: sorted(p.name for p in folders[name].rglob("*")) for name in ("home", "work")}
    assert {path.suffix for path in folders["data"].rglob("*.*")} == {".png"}  # as it was drawn
    left["temp"] = sorted(path.name for path in folders["temp"].glob("iadbe-*"))
    return json.loads(done.stdout), left


def test_training_uses_no_network_and_leaves_nothing(tmp_path):
    scores, left = run(tmp_path, "here", *NETWORKS)
    assert [len(each) for each in scores] == [8, 8, 8]
    assert left == {"home": [], "work": [], "temp": []}


@pytest.fixture
def short_path():
    """A fork server's socket lies below it, and the path of one may have 107 letters."""
    with tempfile.TemporaryDirectory(prefix="iadbe-") as folder:
        yield Path(folder)


def test_a_preloaded_fork_server_gives_the_same_scores(short_path):
    (short_path / "a").mkdir()
    (short_path / "b").mkdir()
    here, _ = run(short_path / "a", "here", NETWORKS[0])
    forked, left = run(short_path / "b", "forked", NETWORKS[0])
    assert forked == here
    assert left["home"] == left["work"] == []


def can_trace():
    strace = shutil.which("strace")
    return (
        strace
        and subprocess.run([strace, "-qq", "-o", os.devnull, "true"], check=False).returncode == 0
    )


@pytest.mark.skipif(not can_trace(), reason="strace is not installed or not permitted")
def test_the_kernel_sees_no_connection(tmp_path):
    log = tmp_path / "calls"
    strace = ["strace", "-f", "-qq", "-o", str(log), "-e", "trace=connect,sendto,sendmsg"]
    run(tmp_path, "here", NETWORKS[2], watched_by=[*strace, "-e", "signal=none"])
    assert log.exists()
    inet = [line for line in log.read_text().splitlines() if "AF_INET" in line]
    assert inet == []
