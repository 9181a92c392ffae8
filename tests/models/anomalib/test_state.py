"""What a model holds after training, and what of it is kept."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from iadbe.errors import ContractError

pytestmark = pytest.mark.slow  # torch


class Attention(nn.Module):
    """Keeps the attention of the last batch, as GeneralAD does, and a fitted tensor."""

    def __init__(self) -> None:
        super().__init__()
        self.projection = nn.Linear(2, 2)
        self.register_buffer("bank", torch.empty(0))
        self.fitted = torch.zeros(3)
        self.attn_map = torch.zeros(64, 64)


def test_saves_parameters_buffers_and_fitted_tensors_only(tmp_path: Path) -> None:
    from iadbe.models.anomalib.state import save_state

    save_state(Attention(), tmp_path / "model.safetensors")
    assert set(load_file(tmp_path / "model.safetensors")) == {
        "projection.weight", "projection.bias", "bank", "fitted",
    }  # fmt: skip


def test_restores_buffers_of_another_shape(tmp_path: Path) -> None:
    from iadbe.models.anomalib.state import load_state, save_state

    model, fresh = Attention(), Attention()
    model.bank, model.fitted = torch.ones(5, 2), torch.ones(3)
    save_state(model, tmp_path / "model.safetensors")
    load_state(fresh, tmp_path / "model.safetensors")
    assert torch.equal(fresh.bank, model.bank)
    assert torch.equal(fresh.fitted, model.fitted)
    assert torch.equal(fresh.projection.weight, model.projection.weight)


def test_lets_go_of_the_last_batch() -> None:
    from iadbe.models.anomalib.state import drop_remains

    model = nn.Sequential(Attention())
    drop_remains(model)
    assert not hasattr(model[0], "attn_map")
    assert hasattr(model[0], "fitted")


def test_a_file_that_lacks_tensors_is_refused(tmp_path: Path) -> None:
    from iadbe.models.anomalib.state import load_state, save_state

    save_state(nn.Linear(2, 2), tmp_path / "model.safetensors")
    with pytest.raises(ContractError, match=r"lacks 3 tensors, e\.g\. bank"):
        load_state(Attention(), tmp_path / "model.safetensors")
