"""The example of a trained model: installed, registered, its own tests pass, and it learns."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from iadbe.models.registry import load_plugin, provider
from iadbe.testing.run import CHECKS
from iadbe.testing.subject import Subject

EXAMPLE = Path(__file__).parents[2] / "examples" / "iadbe-autoencoder"


def scores_by_label(params):
    """Image scores of the drawn test images, of the normal and of the anomalous ones."""
    subject = Subject(load_plugin("autoencoder"), params)
    labels = subject.frame.set_index("sample_id")["label"]
    scores = {0: [], 1: []}
    for prediction in subject.predictions:
        scores[labels[prediction.sample_id]].append(prediction.image_score)
    return scores


def test_it_comes_through_the_same_door():
    assert provider("autoencoder") == ("iadbe-autoencoder", "0.1.0")
    assert load_plugin("autoencoder").__module__ == "iadbe_autoencoder"


@pytest.mark.slow
def test_its_own_tests_pass():
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    done = subprocess.run(command, cwd=EXAMPLE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert f"{len(CHECKS)} passed" in done.stdout


@pytest.mark.slow
def test_it_finds_bright_blobs():
    scores = scores_by_label({})
    assert min(scores[1]) > max(scores[0])


@pytest.mark.slow
def test_longer_training_copies_normal_images_better():
    short, long = (scores_by_label({"epochs": epochs})[0] for epochs in (1, 60))
    assert np.mean(long) < np.mean(short) / 2


@pytest.mark.slow
def test_images_of_odd_size_are_no_trouble():
    subject = Subject(load_plugin("autoencoder"), {"epochs": 1}, size=50)
    assert {prediction.anomaly_map.shape for prediction in subject.predictions} == {(50, 50)}


@pytest.mark.slow
def test_the_command_line_finds_nothing_wrong():
    command = [Path(sys.executable).parent / "iadbe", "models", "check", "autoencoder"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAIL" not in done.stdout
    assert "loads_the_same_scores" in done.stdout
