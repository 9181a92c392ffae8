"""Checkpoints as Ultralytics writes them, and what else may be in a .pt file."""

import os
import pickle

import pytest

pytest.importorskip("iadbe.models.yolo.library")

import torch

from iadbe.errors import WeightsError
from iadbe.models.yolo import YoloModel, YoloParams
from iadbe.models.yolo.checkpoint import read
from iadbe.models.yolo.network import restore
from iadbe.models.yolo.training import starting_point
from iadbe.samples import Samples
from iadbe.testing.drawn import draw_dataset


def written(tmp_path, name):
    """A .pt file by Ultralytics' own API, and its network."""
    from ultralytics import YOLO

    network = YOLO(f"{name}.yaml")
    network.save(tmp_path / f"{name}.pt")
    return tmp_path / f"{name}.pt", network.model


class Malicious:
    def __init__(self, trace):
        self.trace = trace

    def __reduce__(self):
        return os.mkdir, (str(self.trace),)


@pytest.mark.parametrize(
    ("name", "task"),
    [("yolov10n", "detect"), ("yolo26n-seg", "segment"), ("yolov8n-cls", "classify")],
)
def test_the_weights_of_a_checkpoint_are_read_without_its_classes(tmp_path, name, task):
    file, original = written(tmp_path, name)
    before = set(torch.serialization.get_safe_globals())
    restored = restore(read(file), task).state_dict()
    assert set(torch.serialization.get_safe_globals()) == before
    assert restored.keys() == original.state_dict().keys()
    for key, value in original.state_dict().items():
        kept = value.half().float() if value.is_floating_point() else value  # saved in half
        assert torch.equal(restored[key], kept)


def test_nothing_in_a_checkpoint_is_run(tmp_path):
    trace = tmp_path / "trace"
    torch.save({"model": Malicious(trace), "ema": None}, tmp_path / "evil.pt")
    with pytest.raises(WeightsError, match=r"evil\.pt is no checkpoint"):
        read(tmp_path / "evil.pt")
    assert not trace.exists()
    with pytest.raises(pickle.UnpicklingError):
        torch.load(tmp_path / "evil.pt", weights_only=True)
    torch.load(tmp_path / "evil.pt", weights_only=False)
    assert trace.exists()  # so the file was a threat indeed


@pytest.mark.parametrize("content", [b"", b"no archive", {"model": {"a": torch.zeros(2)}}, [1, 2]])
def test_other_files_are_refused(tmp_path, content):
    file = tmp_path / "other.pt"
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        torch.save(content, file)
    with pytest.raises(WeightsError, match="is no checkpoint of the package ultralytics"):
        read(file)


def test_a_checkpoint_of_another_task_is_refused_before_training(tmp_path):
    file, _ = written(tmp_path, "yolov8n-cls")
    file = file.rename(tmp_path / "best.pt")
    with pytest.raises(WeightsError, match="set task: classify"):
        starting_point(YoloParams(weights=str(file)))
    _, source = starting_point(YoloParams(weights=str(file), task="classify"))
    assert source is not None


@pytest.mark.slow
@pytest.mark.parametrize("name", ["yolov8n", "yolo11n-seg", "yolov8n-cls"])
def test_training_starts_from_the_weights_of_the_checkpoint(tmp_path, name):
    file, original = written(tmp_path, name)
    (tmp_path / "drawn").mkdir()
    frame = draw_dataset(tmp_path / "drawn", 64)
    train = Samples(frame[frame["split"] == "train"], 64, labelled=True)[16:24]
    model = YoloModel(YoloParams(weights=str(file), epochs=1, batch_size=8, balance=False), "cpu")
    model.fit(train, 0)
    first = next(iter(original.state_dict()))
    assert first.endswith("conv.weight")
    moved = (model._trained.state_dict()[first] - original.state_dict()[first]).abs().max()
    assert moved < 0.02  # one step away; random weights of another seed are farther, see below
    again = YoloModel(YoloParams(weights=f"{name}.yaml", epochs=1, batch_size=8), "cpu")
    again.fit(train, 0)
    assert (again._trained.state_dict()[first] - original.state_dict()[first]).abs().max() > 0.05
    assert sorted(path.name for path in tmp_path.iterdir()) == ["drawn", file.name]
