"""The stage that times a model."""

from iadbe.benchmark.cell import Cell
from iadbe.cells.fingerprint import STAGE_CODE, STAGES_BEFORE
from iadbe.datasets.model import FittedModel
from iadbe.models.protocol import Prediction
from iadbe.pipelines.evaluation.nodes import measure_costs, predict
from iadbe.pipelines.evaluation.pipeline import create_pipeline
from iadbe.schemas import CostsSchema
from iadbe.testing.drawn import draw_dataset

SIZE = 32


class Brightness:
    localizes = False

    def predict(self, samples):
        for sample in samples:
            yield Prediction(sample.sample_id, float(sample.image.mean()))


def test_a_predicted_cell_is_timed(tmp_path):
    samples = draw_dataset(tmp_path, SIZE)
    row = samples.iloc[0]
    cell = Cell(
        dataset=row["dataset"], model="brightness", category=row["category"], seed=0,
        plugin="brightness", params={}, image_size=SIZE, threshold_quantile=0.95,
    )  # fmt: skip
    record = {"samples": 6, "fit_seconds": 1.0, "fit_peak_memory_mb": 1.0, "fit_gpu_memory_mb": 9.0}
    fitted = FittedModel("brightness", Brightness(), record)
    run = predict(fitted, samples, cell).run
    costs = CostsSchema.validate(measure_costs(fitted, samples, cell, run)).set_index("metric")
    assert costs["value"]["fit_seconds"] == 1
    assert costs["n"]["fit_seconds"] == 6
    assert costs["value"]["gpu_memory_mb"] == 9
    assert costs["value"]["peak_memory_mb"] > 50
    assert 0 < costs["value"]["latency_p50_ms"] < 1000


def test_it_comes_after_prediction_and_is_a_stage_of_its_own():
    stages = [node.name for node in create_pipeline().nodes]
    assert stages.index("predict") < stages.index("measure_costs") < stages.index("evaluate")
    assert set(stages) | {"fit"} == set(STAGES_BEFORE) == set(STAGE_CODE)
