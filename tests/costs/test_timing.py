import contextlib
import time

import numpy as np
import pytest

from iadbe.costs.timing import Predictor, batches_of, decode_seconds, repeated
from iadbe.errors import ContractError
from iadbe.images.read import read_image
from iadbe.models.protocol import Prediction

from .conftest import Asked, InBatches


@pytest.mark.parametrize("count", [3, 8, 32])
def test_samples_lie_all_over_the_set_and_repeat_under_names_of_their_own(samples, count):
    some = Predictor(Asked(), samples).some(count)
    assert len(some) == some.frame["sample_id"].nunique() == count
    assert some.frame["image_path"].nunique() == min(count, len(samples))
    assert some.frame["image_path"].iloc[0] == samples.frame["image_path"].iloc[0]
    if count == 3:
        assert some.frame["image_path"].iloc[2] == samples.frame["image_path"].iloc[5]


def test_the_time_is_that_of_the_model_without_decoding(samples, monkeypatch):
    def slow(path, size):
        time.sleep(0.3)
        return read_image(path, size)

    predictor = Predictor(Asked(seconds=0.02), samples)
    monkeypatch.setattr("iadbe.samples.read_image", slow)
    assert 0.02 <= predictor.seconds(samples[:1]) < 0.3  # decoded when asked for
    assert 0.04 <= predictor.seconds(samples[:2]) < 0.3  # decoded before


def test_a_context_is_entered_for_the_model_alone(samples):
    entered = []
    model = Asked()

    @contextlib.contextmanager
    def around():
        entered.append(list(model.calls))
        yield
        entered.append(list(model.calls))

    Predictor(model, samples).seconds(samples, around)
    assert entered == [[], [8]]


def test_a_prediction_too_few_is_refused(samples):
    class TooFew(Asked):
        def predict(self, samples):
            yield Prediction(samples[0].sample_id, 0.0)

    with pytest.raises(ContractError, match="1 predictions for 8 samples"):
        Predictor(TooFew(), samples).seconds(samples)


def test_calls_are_repeated_within_the_budget_and_never_none():
    numbers = repeated(float, 4, budget=60)
    np.testing.assert_array_equal(numbers, [0, 1, 2, 3])
    assert len(repeated(lambda _: 1.0, 4, budget=0)) == 1


def test_a_batch_size_is_lent():
    model = InBatches()
    with contextlib.suppress(KeyError), batches_of(model, 32):
        assert model.batch_size == 32
        raise KeyError
    assert model.batch_size == 5
    plain = Asked()
    with batches_of(plain, 32):
        assert not hasattr(plain, "batch_size")


def test_decoding_takes_longer_for_more_sizes(samples):
    once, often = (decode_seconds(samples, [32] * times) for times in (1, 20))
    assert len(once) == 8
    assert np.median(often) > 3 * np.median(once) > 0
