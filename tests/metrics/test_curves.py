import numpy as np
import pytest
from sklearn.metrics import auc

from iadbe.metrics.curves import MAX_POINTS, curve_table, thin
from iadbe.metrics.image import auroc
from iadbe.metrics.ranking import rank_pixels
from iadbe.metrics.region import FPR_LIMIT, aupro, pro_curve
from iadbe.schemas import CurvesSchema


@pytest.fixture
def scored() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(2)
    labels = rng.integers(0, 2, 3000).astype(np.int8)
    return labels, rng.normal(size=3000) + labels


def _curve(table, name):
    rows = table[table["curve"] == name]
    return rows["x"].to_numpy(), rows["y"].to_numpy()


def test_curves_are_monotone_thin_and_keep_their_area(bench, scored) -> None:
    rng = np.random.default_rng(0)
    masks = rng.random((3, 64, 64)) < 0.1
    ranking = rank_pixels([((masks + rng.normal(size=masks.shape)).astype(np.float32), masks)])
    table = CurvesSchema.validate(curve_table(bench.cell, *scored, ranking))
    areas = {"roc": auroc(*scored), "pro": aupro(ranking) * FPR_LIMIT}
    for name, area in areas.items():
        x, y = _curve(table, name)
        assert len(x) <= MAX_POINTS
        assert (np.diff(x) >= 0).all()
        assert (np.diff(y) >= 0).all()
        assert auc(x, y) == pytest.approx(area, abs=2e-3)
    recall, precision = _curve(table, "precision_recall")
    assert (np.diff(recall) >= 0).all()
    assert (recall[0], precision[0], recall[-1]) == (0, 1, 1)


def test_a_short_curve_is_left_alone() -> None:
    x, y = np.linspace(0, 1, 50), np.linspace(0, 1, 50) ** 2
    assert all(np.array_equal(*pair) for pair in zip(thin(x, y), (x, y), strict=True))


def test_thinning_keeps_ends_and_shape(draw_stack) -> None:
    rng = np.random.default_rng(1)
    x, y = np.sort(rng.random(5000)) ** 9, np.sort(rng.random(5000))
    thin_x, thin_y = thin(x, y)
    assert len(thin_x) <= MAX_POINTS
    assert (thin_x[0], thin_y[0], thin_x[-1], thin_y[-1]) == (x[0], y[0], x[-1], y[-1])
    away = np.abs(x[:, None] - thin_x) + np.abs(y[:, None] - thin_y)
    assert away.min(axis=1).max() <= 2 / (MAX_POINTS - 2)
    exact = pro_curve(rank_pixels([draw_stack(0)]))
    assert len(thin(*exact, points=4)[0]) <= 4


def test_an_undefined_curve_has_no_rows(bench) -> None:
    table = curve_table(bench.cell, np.zeros(3, np.int8), np.arange(3.0), None)
    assert table.empty
    CurvesSchema.validate(table)
