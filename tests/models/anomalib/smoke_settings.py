"""Parameters of the smoke benchmarks, merged with those of base as Kedro does."""

from pathlib import Path
from typing import Any

from omegaconf import OmegaConf

CONF = Path(__file__).parents[3] / "conf"
SMOKE = ("smoke", "smoke_more")


def anomalib_entries() -> dict[str, dict[str, Any]]:
    """Name to parameters of each Anomalib model that a smoke benchmark runs."""
    entries: dict[str, dict[str, Any]] = {}
    for environment in SMOKE:
        merged = _merged(environment)
        names = OmegaConf.to_container(OmegaConf.load(CONF / environment / "benchmark.yml"))
        for name in names["models"]:
            if merged[name]["plugin"] == "anomalib":
                entries[name] = merged[name]["params"]
    return entries


def _merged(environment: str) -> dict[str, Any]:
    files = (CONF / place / "parameters_models.yml" for place in ("base", environment))
    merged = OmegaConf.merge(*map(OmegaConf.load, files))
    return OmegaConf.to_container(merged)["model"]
