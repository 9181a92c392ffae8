"""The gate over a matrix: alone, then across the categories of one model and seed."""

from __future__ import annotations

from iadbe.benchmark.cell import Cell
from iadbe.gate.cells import degenerate
from iadbe.gate.evidence import Evidence, Known


class Recorded:
    """Evidence by cell id."""

    def __init__(self, **auroc):
        self.auroc = auroc

    def evidence(self, cell_id):
        _, model, category, seed = cell_id.split(".")
        value = self.auroc[f"{model}_{category}_{seed}"]
        known = {("image", "auroc"): Known(value, 200), ("image", "tied_pairs"): Known(0.0, 9000)}
        return Evidence({}, known)


def cells(recorded):
    return [
        Cell(
            dataset="demo", model=model, category=category, seed=int(seed[1:]), plugin="toy",
            params={}, image_size=64, threshold_quantile=0.95,
        )
        for model, category, seed in (name.split("_") for name in recorded.auroc)
    ]  # fmt: skip


def judged(**auroc):
    recorded = Recorded(**auroc)
    return degenerate(cells(recorded), recorded)


def test_only_the_cells_with_a_reason_are_named():
    found = judged(padim_a_s0=0.9, padim_b_s0=0.45, stfpm_a_s0=0.8)
    assert list(found) == ["demo.padim.b.s0"]
    assert found["demo.padim.b.s0"].startswith("no better than guessing")


def test_values_repeat_over_categories_not_over_seeds_or_models():
    assert judged(padim_a_s0=0.8, padim_a_s1=0.8, padim_a_s2=0.8, stfpm_b_s0=0.8) == {}
    found = judged(padim_a_s0=0.8, padim_b_s0=0.8, padim_c_s0=0.8, stfpm_a_s0=0.9)
    assert len(found) == 3


def test_reasons_of_both_kinds_are_in_one_line():
    found = judged(padim_a_s0=0.5, padim_b_s0=0.5, padim_c_s0=0.5)
    assert found["demo.padim.a.s0"] == (
        "no better than guessing (image AUROC 0.500, limit 0.55); image AUROC is 0.5 in a, b, c"
    )
