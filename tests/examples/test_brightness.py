"""The example package: installed, registered, and its own tests pass."""

import subprocess
import sys
from pathlib import Path

from iadbe.models.registry import load_plugin, provider
from iadbe.testing.run import CHECKS
from iadbe.testing.subject import Subject

EXAMPLE = Path(__file__).parents[2] / "examples" / "iadbe-brightness"


def test_it_comes_through_the_same_door():
    assert provider("brightness") == ("iadbe-brightness", "0.1.0")
    assert load_plugin("brightness").__module__ == "iadbe_brightness"


def test_its_own_tests_pass():
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    done = subprocess.run(command, cwd=EXAMPLE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert f"{len(CHECKS)} passed" in done.stdout


def test_it_finds_bright_blobs():
    subject = Subject(load_plugin("brightness"))
    labels = subject.frame.set_index("sample_id")["label"]
    scores = {label: [] for label in (0, 1)}
    for prediction in subject.predictions:
        scores[labels[prediction.sample_id]].append(prediction.image_score)
    assert min(scores[1]) > max(scores[0])
