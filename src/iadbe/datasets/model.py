"""A fitted model in a folder of its own, written and read by its plugin; no pickle."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kedro.io import AbstractDataset

from iadbe.errors import DataError, IadbeError
from iadbe.models.protocol import AnomalyModel
from iadbe.models.registry import load_plugin

CARD = "iadbe.json"


@dataclass
class FittedModel:
    """A model with the name of its plugin and the record of its training."""

    plugin: str
    model: AnomalyModel
    record: dict[str, Any] = field(default_factory=dict)


class ModelDataset(AbstractDataset[FittedModel, FittedModel]):
    """Saves through the plugin's `save` and loads through its `load`.

    Args:
        filepath: The model's folder.
        device: Where to load it, as in torch (`auto`, `cpu`, `cuda:0`).
        metadata: Ignored; for kedro-viz.
    """

    def __init__(
        self, *, filepath: str, device: str = "auto", metadata: dict[str, Any] | None = None
    ) -> None:
        self._folder = Path(filepath)
        self._device = device
        self.metadata = metadata

    def load(self) -> FittedModel:
        """Restore the model.

        Raises:
            DataError: If there is no model in the folder, or only a part of one.
            PluginError: If its plugin cannot be loaded.
        """
        if not self._exists():
            raise DataError(
                f"No trained model in {self._folder}: run `kedro run --pipelines training` first."
            )
        try:
            return self._restored()
        except IadbeError:
            raise
        except Exception as error:  # a plugin may raise anything
            raise DataError(
                f"The model in {self._folder} cannot be loaded ({type(error).__name__}: {error}). "
                "If files are missing, remove that folder and run `kedro run --pipelines training`."
            ) from error

    def _restored(self) -> FittedModel:
        card = json.loads((self._folder / CARD).read_text("utf-8"))
        plugin, record = str(card["plugin"]), dict(card["record"])
        model = load_plugin(plugin).load(self._folder / "model", self._device)
        size = sum(file.stat().st_size for file in self._folder.rglob("*") if file.is_file())
        return FittedModel(plugin, model, record | {"model_size_mb": size / 1e6})

    def save(self, data: FittedModel) -> None:
        """Write beside, then put in place, so that a model folder is always whole."""
        partial = self._folder.with_name(f"{self._folder.name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        (partial / "model").mkdir(parents=True)
        data.model.save(partial / "model")
        card = {"plugin": data.plugin, "record": data.record}
        (partial / CARD).write_text(json.dumps(card, indent=1), "utf-8")
        shutil.rmtree(self._folder, ignore_errors=True)
        partial.replace(self._folder)

    def _exists(self) -> bool:
        return (self._folder / CARD).is_file()

    def _describe(self) -> dict[str, Any]:
        return {"filepath": str(self._folder), "device": self._device}
