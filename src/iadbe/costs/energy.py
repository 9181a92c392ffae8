"""Joules that processor, memory and GPU have used, where the machine counts them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

POWERCAP = Path("/sys/class/powercap")
"""Where Linux shows the energy counters of Intel's and AMD's processors (RAPL)."""
_COUNTED = ("package", "dram")
"""Domains that add up: cores are a part of their package, `psys` holds all of them."""


class Meter(Protocol):
    """Counts energy."""

    def joules(self) -> float:
        """Joules since the first reading."""


class Found(NamedTuple):
    """A meter, or why there is none."""

    meter: Meter | None
    reason: str | None = None


class ProcessorMeter:
    """All packages and their memory, by RAPL (Linux, Documentation/power/powercap).

    The counters start again from 0 above their `max_energy_range_uj`, about once an hour at full
    load; a reading between two such moments takes care of that.

    Args:
        zones: Folders with `energy_uj` and `max_energy_range_uj`, both in microjoules.
    """

    def __init__(self, zones: Sequence[Path]) -> None:
        self._counters = [zone / "energy_uj" for zone in zones]
        self._ranges = [_number(zone / "max_energy_range_uj") + 1 for zone in zones]
        self._last = self._read()
        self._total = 0

    def joules(self) -> float:
        """Joules since the first reading."""
        now = self._read()
        steps = zip(now, self._last, self._ranges, strict=True)
        self._total += sum((new - old) % length for new, old, length in steps)
        self._last = now
        return self._total / 1e6

    def _read(self) -> list[int]:
        return [_number(counter) for counter in self._counters]


class GpuMeter:
    """One NVIDIA GPU, whole board, by NVML (millijoules since its driver was loaded).

    Args:
        nvml: The module `pynvml`, initialised.
        handle: Of the GPU.
    """

    def __init__(self, nvml: Any, handle: Any) -> None:
        self._nvml, self._handle = nvml, handle
        self._first = self._read()

    def joules(self) -> float:
        """Joules since the first reading."""
        return (self._read() - self._first) / 1e3

    def _read(self) -> int:
        return int(self._nvml.nvmlDeviceGetTotalEnergyConsumption(self._handle))


def processor_meter(root: Path = POWERCAP) -> Found:
    """The processor's meter.

    Args:
        root: The folder of the power capping zones.
    """
    zones = [zone for zone in sorted(root.glob("intel-rapl:*")) if _is_counted(zone)]
    if not zones:
        return Found(None, "this machine shows no energy counters of its processor")
    try:
        return Found(ProcessorMeter(zones))
    except (OSError, ValueError):
        return Found(None, f"the counters in {root} cannot be read: only root may, by default")


def gpu_meter(device: str) -> Found:
    """The meter of the GPU that a model runs on.

    Args:
        device: As in torch, e.g. `cuda:0`.
    """
    if not device.startswith("cuda"):
        return Found(None, "no GPU was used")
    try:
        import pynvml
    except ImportError:
        return Found(None, "NVML is out of reach: pip install nvidia-ml-py")
    try:
        pynvml.nvmlInit()
        import torch

        uuid = torch.cuda.get_device_properties(torch.device(device)).uuid
        return Found(GpuMeter(pynvml, pynvml.nvmlDeviceGetHandleByUUID(f"GPU-{uuid}")))
    except Exception as error:  # noqa: BLE001 - whatever driver and binding raise
        return Found(None, f"the GPU does not tell: {error}")


def _is_counted(zone: Path) -> bool:
    try:
        return (zone / "name").read_text("utf-8").startswith(_COUNTED)
    except OSError:
        return False


def _number(file: Path) -> int:
    return int(file.read_text("utf-8"))
