"""Miniature logs of both styles: Anomalib's command line and scripts that call Lightning."""

from __future__ import annotations

import pytest

from iadbe.cells.store import Store
from iadbe.importing import import_logs

COMMAND = """\
Running command: anomalib train --data btech.yaml --data.category 01 --config draem.yaml
2024-07-04 10:15:33,763 - anomalib.utils.config - WARNING - Anomalib does not support multi-gpu
                    INFO     Initializing Draem model.              anomaly_module.py:42
You are using a CUDA device ('NVIDIA GeForce RTX 3090') that has Tensor Cores.
Epoch 77/699 ━━━━ 25/25 0:00:26 • 0:00:00 1.03it/s train_loss_step: 0.408
[07/04/24 11:01:28] INFO     Training took 2658.46 seconds                          timer.py:59
2024-07-04 11:01:53,434 - anomalib.callbacks.timer - INFO
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━━┓
┃        Test metric        ┃       DataLoader 0        ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━━┩
│        image_AUROC        │    0.9144800305366516     │
│         image_PRO         │            1.0            │
│        pixel_AUROC        │            nan            │
│         pixel_PRO         │    0.21528366208076477    │
│         test_loss         │            0.5            │
└───────────────────────────┴───────────────────────────┘
Running command: anomalib train --data btech.yaml --data.category 02 --config draem.yaml
Traceback (most recent call last):
RuntimeError: no features
"""
SCRIPT = """\
/bin/python /home/a/train_test_kolektor_padim.py
2024-05-27 12:12:20,865 - INFO - Initializing Padim model.
Epoch 0: 100%|██████████| 9/9 [00:07<00:00,  1.21it/s, pixel_AUROC=0.849]
`Trainer.fit` stopped: `max_epochs=1` reached.
2024-05-27 12:12:29,599 - INFO - Training took  7.68 seconds
────────────────────────────────────────
       Test metric             DataLoader 0
────────────────────────────────────────
       image_AUROC          0.8024725317955017
       image_F1Score        0.7
────────────────────────────────────────
"""
BOXES = """\
Ultralytics YOLOv8.2.71 Python-3.10.14 torch-2.1.2 CUDA:0 (NVIDIA GeForce RTX 3090, 24245MiB)
Validating project/weights/best.pt...
                   all         32         15      0.994      0.933      0.985      0.544
"""
LOGS = {
    "train_test_btech_draem.log": COMMAND,
    "train_test_kolektor_padim.log": SCRIPT,
    "train_test_cardboard_yolov8.log": BOXES,
}
ENTRIES = {"draem": {"plugin": "anomalib", "params": {"name": "Draem"}}, "padim": {"plugn": "x"}}


@pytest.fixture
def imported(tmp_path):
    """imported({file: text}) → what the import of these logs made, below `tmp_path`."""
    store = Store.at(tmp_path / "data" / "07_model_output" / "source")

    def run(logs=LOGS):
        folder = tmp_path / "logs"
        folder.mkdir(exist_ok=True)
        for name, text in logs.items():
            (folder / name).write_text(text, "utf-8")
        return import_logs([folder], store, ENTRIES)

    run.store = store
    return run
