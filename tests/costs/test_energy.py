import sys
from types import SimpleNamespace

import pytest

from iadbe.costs.energy import GpuMeter, gpu_meter, processor_meter


def zone(root, folder, name, energy, longest=999):
    (root / folder).mkdir(parents=True)
    (root / folder / "name").write_text(f"{name}\n")
    (root / folder / "energy_uj").write_text(f"{energy}\n")
    (root / folder / "max_energy_range_uj").write_text(f"{longest}\n")


@pytest.fixture
def powercap(tmp_path):
    """Two packages; one with cores, which are a part of it, and memory, which is not."""
    (tmp_path / "intel-rapl").mkdir()
    zone(tmp_path, "intel-rapl:0", "package-0", 100)
    zone(tmp_path, "intel-rapl:0:0", "core", 50)
    zone(tmp_path, "intel-rapl:0:1", "dram", 10)
    zone(tmp_path, "intel-rapl:1", "package-1", 900)
    zone(tmp_path, "intel-rapl:2", "psys", 0)
    return tmp_path


def test_packages_and_memory_are_summed_and_counters_may_start_again(powercap):
    meter, reason = processor_meter(powercap)
    assert reason is None
    assert meter.joules() == 0
    for name, energy in (("0", 130), ("0:0", 500), ("0:1", 15), ("1", 99), ("2", 700)):
        (powercap / f"intel-rapl:{name}" / "energy_uj").write_text(str(energy))
    assert meter.joules() == pytest.approx((30 + 5 + 199) / 1e6)
    (powercap / "intel-rapl:1" / "energy_uj").write_text("98")
    assert meter.joules() == pytest.approx((30 + 5 + 199 + 999) / 1e6)


def test_a_machine_without_counters_says_so(tmp_path):
    for root in (tmp_path, tmp_path / "not there"):
        assert processor_meter(root) == (
            None,
            "this machine shows no energy counters of its processor",
        )


def test_counters_that_only_root_may_read_say_so(powercap):
    (powercap / "intel-rapl:1" / "energy_uj").unlink()
    meter, reason = processor_meter(powercap)
    assert meter is None
    assert "only root may" in reason


def test_a_gpu_counts_from_the_first_reading():
    readings = iter([5000, 5000, 7500])
    nvml = SimpleNamespace(nvmlDeviceGetTotalEnergyConsumption=lambda _: next(readings))
    meter = GpuMeter(nvml, object())
    assert [meter.joules(), meter.joules()] == [0, 2.5]


def test_no_gpu_no_energy():
    assert gpu_meter("cpu") == (None, "no GPU was used")


def test_the_gpu_of_the_model_is_asked(monkeypatch):
    asked = []
    nvml = SimpleNamespace(
        nvmlInit=lambda: None,
        nvmlDeviceGetHandleByUUID=asked.append,
        nvmlDeviceGetTotalEnergyConsumption=lambda _: 1,
    )
    uuids = {"cuda:0": "a-1", "cuda:1": "b-2"}
    properties = lambda device: SimpleNamespace(uuid=uuids[device])  # noqa: E731
    cuda = SimpleNamespace(get_device_properties=properties)
    monkeypatch.setitem(sys.modules, "pynvml", nvml)
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=cuda, device=str))
    assert gpu_meter("cuda:1").meter.joules() == 0
    assert asked == ["GPU-b-2"]


def test_a_driver_that_is_not_there_is_a_reason(monkeypatch):
    def no_driver():
        raise OSError("no driver")

    monkeypatch.setitem(sys.modules, "pynvml", SimpleNamespace(nvmlInit=no_driver))
    assert gpu_meter("cuda:0") == (None, "the GPU does not tell: no driver")
    monkeypatch.setitem(sys.modules, "pynvml", None)
    assert gpu_meter("cuda:0") == (None, "NVML is out of reach: pip install nvidia-ml-py")
