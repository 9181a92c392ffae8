import numpy as np
import pytest

from iadbe.costs import batches
from iadbe.costs.energy import Found
from iadbe.costs.measure import measure_costs
from iadbe.costs.table import cost_table
from iadbe.datasets.model import FittedModel
from iadbe.schemas import CostsSchema

from .conftest import Asked, InBatches

RUN = {
    "samples": 20, "fit_seconds": 2.5, "peak_memory_mb": 900.0, "model_size_mb": 4.0,
    "gpu_memory_mb": None, "device": "cpu",
}  # fmt: skip
ROWS = {
    "fit_seconds", "warm_up_ms", "latency_p50_ms", "latency_p95_ms", "throughput_per_s",
    "decode_ms", "peak_memory_mb", "gpu_memory_mb", "model_size_mb", "parameters",
    "energy_j_per_image", "gpu_energy_j_per_image",
}  # fmt: skip
TIMED = ["warm_up_ms", "latency_p50_ms", "latency_p95_ms"]


def measure(model, samples, run=RUN):
    table = CostsSchema.validate(cost_table(measure_costs(FittedModel("toy", model), samples, run)))
    assert set(table["metric"]) == ROWS
    assert (table["value"].isna() == table["reason"].notna()).all()
    return table.set_index("metric")


def test_a_plain_model_is_timed_as_it_is(samples):
    model = Asked(seconds=0.002)
    costs = measure(model, samples)
    value, n, reason = costs["value"], costs["n"], costs["reason"]
    assert model.calls[:22] == [1] * 22
    assert set(model.calls[22:]) == {8, 32}
    assert 2 < value["latency_p50_ms"] <= value["latency_p95_ms"] < 100
    assert value["warm_up_ms"] > 2
    assert 10 < value["throughput_per_s"] < 500
    assert 0 < value["decode_ms"] < 1000
    assert (n["latency_p50_ms"], n["throughput_per_s"] % 32, n["decode_ms"]) == (20, 0, 10)
    assert (value["fit_seconds"], value["peak_memory_mb"], n["fit_seconds"]) == (2.5, 900, 20)
    assert reason["parameters"] == "the plugin does not say"
    assert reason["gpu_memory_mb"] == reason["gpu_energy_j_per_image"] == "no GPU was used"


def test_a_model_that_can_gets_batches_of_thirty_two(samples):
    model = InBatches()
    assert measure(model, samples)["value"]["parameters"] == 12
    assert set(model.batches) == {1, 5, 32}
    assert model.batch_size == 5


def test_a_slow_model_is_asked_less_but_always(samples, monkeypatch):
    monkeypatch.setattr("iadbe.costs.single.BUDGET_SECONDS", 0.0)
    monkeypatch.setattr(batches, "BUDGET_SECONDS", 0.0)
    model = Asked()
    costs = measure(model, samples)
    assert model.calls == [1, 1, 8, 32]
    assert (costs["n"]["latency_p95_ms"], costs["n"]["throughput_per_s"]) == (1, 32)
    monkeypatch.setattr(batches, "SLOW_SECONDS", 0.04)
    slower = Asked(seconds=0.002)
    costs = measure(slower, samples)
    assert slower.calls == [1, 1, 8, 8]
    assert costs["n"]["throughput_per_s"] == 8
    assert 10 < costs["value"]["throughput_per_s"] < 500


def test_a_batch_that_does_not_fit_is_not_tried(samples, monkeypatch):
    monkeypatch.setattr(batches, "growth_gb", lambda call: call() or 0.2)
    monkeypatch.setattr(batches, "free_gb", lambda: 1.0)
    model = InBatches()
    costs = measure(model, samples)
    assert 32 not in model.batches
    due = "a batch of 32 takes about 1.3 GB, and 1.0 GB are free"
    assert costs["reason"]["throughput_per_s"] == costs["reason"]["energy_j_per_image"] == due
    assert costs["value"]["latency_p50_ms"] > 0
    plain = measure(Asked(), samples)
    assert plain["value"]["throughput_per_s"] > 0  # takes the images one by one


@pytest.mark.parametrize(("least", "lost"), [(1, TIMED), (8, ["throughput_per_s"])])
def test_a_model_that_fails_while_it_is_timed_loses_the_timing_alone(samples, least, lost):
    class Fails(Asked):
        def predict(self, samples):
            if len(samples) == least:
                raise MemoryError("out of\nmemory")
            yield from super().predict(samples)

    costs = measure(Fails(), samples)
    for name in lost:
        assert costs["reason"][name].endswith("MemoryError: out of memory")
    kept = [name for name in (*TIMED, "throughput_per_s", "decode_ms") if name not in lost]
    assert costs["value"][kept].notna().all()


def test_energy_is_counted_for_the_timed_batches_alone(samples, monkeypatch):
    model = Asked()

    class ASecondOfAWatt:
        def joules(self):
            return float(sum(model.calls))  # a joule an image, whoever asks

    monkeypatch.setattr(batches, "processor_meter", lambda: Found(ASecondOfAWatt()))
    still = Found(type("Still", (), {"joules": lambda _: 3.0})())
    monkeypatch.setattr(batches, "gpu_meter", lambda _: still)
    costs = measure(model, samples)
    assert costs["value"]["energy_j_per_image"] == 1.0
    assert costs["n"]["energy_j_per_image"] == costs["n"]["throughput_per_s"]
    assert costs["reason"]["gpu_energy_j_per_image"].startswith("the counter did not move")


def test_nothing_to_predict_and_nothing_recorded(samples):
    costs = measure(Asked(), samples[:0], run={})
    assert costs["value"].isna().all()
    assert costs["reason"]["latency_p50_ms"] == "there is no image to predict"
    assert costs["reason"]["fit_seconds"] == "not in the run record"


def test_a_count_that_fails_is_null(samples):
    class Miscounts(InBatches):
        def parameter_count(self):
            raise AttributeError("weights")

    reason = measure(Miscounts(), samples)["reason"]["parameters"]
    assert reason == "the model failed on its parameters: AttributeError: weights"


def test_an_empty_table_has_its_columns():
    assert np.array_equal(cost_table([]).columns, list(CostsSchema.to_schema().columns))
