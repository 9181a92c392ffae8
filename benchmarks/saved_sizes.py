"""Size of a saved model at published settings, against Anomalib's checkpoint of the same model.

    python benchmarks/saved_sizes.py [MODEL …]

Networks are built with random weights, as the size does not depend on them, and saved without being
trained. A checkpoint of Anomalib holds the two moments of Adam, too: here the same tensors, and two
more of the size of each that is trained.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import torch
import yaml

from iadbe.models.anomalib import AnomalibParams
from iadbe.models.anomalib.build import build
from iadbe.models.anomalib.needs import IMAGE_ARGUMENTS
from iadbe.models.anomalib.state import save_state

MODELS = ("csflow", "ganomaly", "cflow", "draem")
CONF = Path(__file__).parents[1] / "conf/base/parameters_models.yml"


def measure(entry: dict[str, Any]) -> tuple[float, float]:
    """Megabytes of our saved model and of a checkpoint with the state of Adam."""
    params = AnomalibParams(**entry["params"])
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        images = folder if params.name in IMAGE_ARGUMENTS else None
        module = build(params, params.image_size or 256, pretrained=False, images=images)
        save_state(module.model, folder / "model.safetensors")
        trained = [p for p in module.parameters() if p.requires_grad]
        moments = [(torch.zeros_like(p), torch.zeros_like(p)) for p in trained]
        checkpoint = {"state_dict": module.state_dict(), "optimizer_states": moments}
        torch.save(checkpoint, folder / "model.ckpt")
        sizes = [
            (folder / file).stat().st_size / 1e6 for file in ("model.safetensors", "model.ckpt")
        ]
    return sizes[0], sizes[1]


def main() -> None:
    """Print a line a model."""
    entries = yaml.safe_load(CONF.read_text(encoding="utf-8"))["model"]
    for name in sys.argv[1:] or MODELS:
        ours, theirs = measure(entries[name])
        print(f"{name}: saved {ours:.0f} MB, checkpoint {theirs:.0f} MB, ratio {theirs / ours:.1f}")


if __name__ == "__main__":
    main()
