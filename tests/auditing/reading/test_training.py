import pytest

from iadbe.auditing.reading.training import Training

TOOK = "2024-05-27 12:12:29,599 - INFO - Training took  7.68 seconds"
LIMIT = "`Trainer.fit` stopped: `max_epochs=30` reached."


def read(*lines):
    training = Training()
    for number, line in enumerate(lines, 1):
        training.note(number, line)
    return training


@pytest.mark.parametrize(
    ("lines", "early"),
    [
        (["Epoch 5/29 ━━━ 13/13 0:00:02", TOOK], True),
        (["Epoch 29/29 ━━━ 13/13 0:00:02", TOOK], False),
        (["Epoch 5: 100%|███| 13/13", TOOK], True),
        (["Epoch 29: 100%|███| 13/13", LIMIT, TOOK], False),
        (["Epoch 5/29 ━━━ 13/13 0:00:02"], False),
        ([TOOK], False),
        (["EarlyStopping: Training stopped early as no improvement observed"], True),
        ([], False),
    ],
)
def test_early_stopping_is_told_from_a_limit_that_was_reached(lines, early):
    assert read(*lines).stopped_early is early


def test_times_and_machine_are_as_the_log_has_them():
    training = read(
        "2024-05-27 12:12:20,865 - INFO - Initializing Padim model.",
        "You are using a CUDA device ('NVIDIA GeForce RTX 3090') that has Tensor Cores.",
        TOOK,
    )
    assert training.seconds == (7.68, 3)
    assert training.started_at == "2024-05-27T12:12:20"
    assert training.finished_at == "2024-05-27T12:12:29"
    assert training.gpu == "NVIDIA GeForce RTX 3090"


def test_ultralytics_names_its_version_card_and_checkpoint():
    training = read(
        "Ultralytics YOLOv8.2.71 🚀 Python-3.10.14 torch-2.1.2 CUDA:0 (NVIDIA A100, 24245MiB)",
        "Validating runs/train/weights/best.pt...",
    )
    assert (training.program, training.gpu) == ("Ultralytics 8.2.71", "NVIDIA A100")
    assert training.best == 2


def test_what_the_log_does_not_say_is_none():
    assert read("nothing") == Training()
