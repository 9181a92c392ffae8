import sys
import tempfile
from pathlib import Path

import pytest

from iadbe.testing import CheckFailedError, check_model, parametrize_checks, run_checks
from testing import subjects

BROKEN = {
    "NoLocalizes": ("contract_members", "localizes must be True or False"),
    "LaxParams": ("contract_members", "extra='forbid'"),
    "WantsLabels": ("fits", "ValueError: which ones are normal?"),
    "OneTooFew": ("predicts_each_sample", "7 predictions for 8 samples"),
    "WrongOrder": ("predicts_each_sample", "was due"),
    "NotFinite": ("predicts_each_sample", "not finite"),
    "WrongShape": ("predicts_each_sample", "not (64, 64)"),
    "ArrayScore": ("scores_are_floats", "float(...)"),
    "NoMap": ("maps_match_localizes", "localizes is True, but the anomaly map is missing"),
    "Lists": ("streams", "make it a generator"),
    "ReadsAllFirst": ("streams", "decodes all"),
    "NeedsTwo": ("predicts_one_sample", "batch of one"),
    "Unseeded": ("same_seed_same_scores", "seeded with the seed fit gets"),
    "Pickles": ("saves_no_pickle", "model.bin, a pickle"),
    "ObjectArray": ("saves_no_pickle", "extra.npy, a pickle"),
    "Forgets": ("loads_in_a_new_process", "save all that predict uses"),
    "CannotLoad": ("loads_in_a_new_process", "no weights here"),
    "EditsManifest": ("leaves_samples_alone", "predict changed the manifest"),
    "EditsImages": ("leaves_samples_alone", "labels.cache"),
    "Litters": ("writes_only_where_told", "left in the working folder: runs"),
    "ChangesFolder": ("fits", "changed the working folder"),
}


@parametrize_checks(subjects.Good)
def test_a_good_model_passes(check):
    check()


@pytest.mark.parametrize("name", ["GoodWithoutMaps", "GoodSupervised"])
def test_other_good_models_pass(name):
    check_model(getattr(subjects, name))


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_model_fails_its_check_with_a_remedy(name):
    check, message = BROKEN[name]
    failed = {r.name: r.message for r in run_checks(getattr(subjects, name)) if not r.passed}
    assert message in failed.get(check, "passed"), failed


def test_a_heavy_import_is_named():
    from testing.heavy_subject import Heavy

    failed = [r for r in run_checks(Heavy) if not r.passed]
    sys.modules.pop("tensorflow", None)
    assert [r.name for r in failed] == ["imports_light"]
    assert "tensorflow: move those imports into the methods" in failed[0].message


def test_a_local_class_is_told_to_move():
    class Local(subjects.Good):
        pass

    failed = {r.name: r.message for r in run_checks(Local) if not r.passed}
    assert "top level of a module" in failed["loads_in_a_new_process"]


def test_check_model_lists_every_failure():
    with pytest.raises(CheckFailedError, match=r"NotFinite\npredicts_each_sample: .*nan"):
        check_model(subjects.NotFinite)


def test_wrong_parameters_fail_with_their_name():
    results = list(run_checks(subjects.Good, {"depth": 3}))
    assert "depth" in results[-1].message
    assert results[-1].name == "fits"


def test_nothing_is_left_behind():
    def left():
        return set(Path(tempfile.gettempdir()).glob("iadbe-check-*"))

    before = left()
    check_model(subjects.Good)
    assert not {path for path in left() - before if (path / "model" / "mean.npy").exists()}
