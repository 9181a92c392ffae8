import contextlib
import re
import sys
import tempfile
from pathlib import Path

import pytest

from iadbe.models.card import Card
from iadbe.testing import (
    CheckFailedError,
    Subject,
    check_model,
    parametrize_checks,
    run_checks,
)
from iadbe.testing.run import CHECKS
from iadbe.testing.written import CACHES
from testing import subjects


def failures(model_class):
    """Names of the failed checks with their messages."""
    return {r.name: r.message for r in run_checks(model_class) if not r.passed}


BROKEN = {
    "NoLocalizes": ("contract_members", "localizes must be True or False"),
    "LaxParams": ("contract_members", "extra='forbid'"),
    "DictCard": ("optional_members", "card must be an iadbe.models.card.Card, not a dict"),
    "MadeUpCard": ("optional_members", "card.year: Input should be a valid integer"),
    "CountsAsAProperty": ("optional_members", "must be a method, parameter_count(self)"),
    "WeightsOfAnInstance": ("optional_members", "weights() must be a @classmethod"),
    "WeightsByName": ("optional_members", "return a list made with timm_weights"),
    "WeightsTwice": ("optional_members", "timm/resnet18 twice"),
    "WeightsInAFolder": ("optional_members", "its file without a folder"),
    "StandInsAsABool": ("optional_members", "a list of the weights' names"),
    "DropsUnknown": ("params_refuse_unknown_keys", "extra='forbid'"),
    "LooseTypes": ("params_refuse_wrong_types", "any value for depth: let pydantic check"),
    "ValidatorBreaks": ("params_refuse_wrong_types", "AttributeError for a wrong value of backb"),
    "WantsLabels": ("fits", "ValueError: which ones are normal?"),
    "ChangesFolder": ("fits", "changed the working folder"),
    "LogOfADict": ("fits", "training_log is a dict: set it to None or to an iadbe.models"),
    "Tuples": ("yields_predictions", "tuple, not Prediction"),
    "OneTooFew": ("one_prediction_a_sample", "7 predictions for 8 samples"),
    "OneTooMany": ("one_prediction_a_sample", "more than 8 predictions for 8 samples"),
    "WrongOrder": ("one_prediction_a_sample", "in the order of samples"),
    "ArrayScore": ("scores_are_floats", "float(...)"),
    "NotFinite": ("scores_are_finite", "not finite: look for"),
    "NoMap": ("maps_match_localizes", "localizes is True, but the anomaly map is missing"),
    "ListMap": ("maps_match_localizes", "give a numpy array"),
    "WrongShape": ("maps_have_the_size", "not (64, 64): resize it"),
    "InfiniteMap": ("maps_are_finite", "values that are not finite: look for"),
    "BoxesNowAndThen": ("boxes_are_shares", "give an array of shape (0, 5)"),
    "BoxesInPixels": ("boxes_are_shares", "shares in [0, 1]"),
    "Lists": ("streams", "make it a generator"),
    "ReadsAllFirst": ("streams", "decodes all"),
    "NeedsTwo": ("predicts_one_sample", "batch of one; the last batch may be that small"),
    "LooksAround": ("scores_alike_in_any_batch", "alone: predict each image from itself"),
    "MinglesBatches": ("scores_alike_in_any_batch", "with batch_size 32: predict each image"),
    "Unseeded": ("same_seed_same_scores", "seeded with the seed that fit gets"),
    "ReadsTheName": ("sees_no_labels", "predict sees more than images"),
    "ReadsTheId": ("sees_no_labels", "predict sees more than images"),
    "LooksForMasks": ("sees_no_labels", "fit sees more than images"),
    "Pickles": ("saves_no_pickle", "model.bin, a pickle"),
    "ObjectArray": ("saves_no_pickle", "extra.npy, a pickle"),
    "OnePerProcess": ("loads_the_same_scores", "registered already"),
    "RemembersInTheClass": ("works_in_a_spawned_process", "depend on nothing but its module"),
    "EditsManifest": ("leaves_samples_alone", "predict changed the manifest"),
    "EditsImages": ("leaves_samples_alone", "labels.cache"),
    "Litters": ("leaves_the_working_folder_alone", "left in the working folder: runs"),
}
"""Models that break exactly one check, that check, and a part of its message."""


@parametrize_checks(subjects.Good)
def test_a_good_model_passes(check):
    check()


@pytest.mark.parametrize(
    "name", ["GoodWithoutMaps", "GoodSupervised", "GoodWithAll", "GoodInBatches"]
)
def test_other_good_models_pass(name):
    check_model(getattr(subjects, name))


def test_a_model_whose_card_says_that_it_is_not_deterministic_passes():
    check_model(subjects.GoodByChance)
    check_model(subjects.Unseeded, card=Card(deterministic=False))


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_model_fails_its_check_alone_with_a_remedy(name):
    check, message = BROKEN[name]
    failed = failures(getattr(subjects, name))
    assert message in failed.get(check, "passed"), failed
    assert list(failed) == [check]


@pytest.mark.parametrize("name", ["Forgets", "CannotLoad"])
def test_a_model_that_does_not_load_fails_here_and_in_a_new_process(name):
    failed = failures(getattr(subjects, name))
    assert list(failed) == ["loads_the_same_scores", "works_in_a_spawned_process"]
    remedy = "save all that predict uses" if name == "Forgets" else "no weights here"
    assert all(remedy in message for message in failed.values())


def test_a_file_outside_of_temporary_folders_is_named(tmp_path, monkeypatch):
    for variable in CACHES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    failed = failures(subjects.WritesAtHome)
    assert list(failed) == ["writes_only_where_told"]
    assert f"{tmp_path}/toy.cache; write into the folder that save gets" in failed.popitem()[1]


def test_a_heavy_import_is_named():
    from testing.heavy_subject import Heavy

    failed = failures(Heavy)
    sys.modules.pop("tensorflow", None)
    assert list(failed) == ["imports_light"]
    assert "tensorflow: move those imports into the methods" in failed["imports_light"]


@pytest.mark.slow
def test_a_slow_import_is_timed():
    from testing.slow_subject import Slow

    failed = failures(Slow)
    assert list(failed) == ["imports_fast"]
    assert re.search(r"takes \d\.\d s .*into the methods", failed["imports_fast"])


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("Good", 2),
        ("GoodSupervised", 2),
        ("GoodByChance", 1),
        ("Unseeded", 3),
        ("LooksForMasks", 3),
    ],
)
def test_models_that_keep_the_contract_are_fitted_twice_at_most(name, fits):
    subject = Subject(getattr(subjects, name))
    for check in CHECKS:
        with contextlib.suppress(CheckFailedError):
            check(subject)
    assert subject.fits == fits


def test_a_local_class_is_told_to_move():
    class Local(subjects.Good):
        pass

    assert "top level of a module" in failures(Local)["works_in_a_spawned_process"]


def test_check_model_lists_every_failure():
    with pytest.raises(CheckFailedError, match=r"NotFinite\nscores_are_finite: .*nan"):
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
