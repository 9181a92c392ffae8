import numpy as np

from iadbe.costs.decoded import Decoded


def ask(samples, times=1):
    return [[sample.image for _ in range(times)] for sample in samples]


def test_the_images_are_those_of_the_samples(samples):
    decoded = Decoded()
    given = decoded.prepare(samples)
    for (image,), sample in zip(ask(given[2:4]), samples[2:4], strict=True):
        np.testing.assert_array_equal(image, sample.image)
    assert [sample.sample_id for sample in given] == list(samples.frame["sample_id"])


def test_what_was_asked_for_once_is_ready_the_next_time(samples, monkeypatch):
    decoded = Decoded()
    ask(decoded.prepare(samples[:1]).at(48), times=2)
    assert decoded.seconds > 0
    given = decoded.prepare(samples)
    monkeypatch.setattr("iadbe.samples.read_image", None)
    images = ask(given.at(48), times=2)
    assert decoded.needs == {48: 2}
    assert decoded.seconds == 0
    assert images[5][0].shape == (48, 48, 3)


def test_nobody_else_has_an_image(samples):
    decoded = Decoded()
    ask(decoded.prepare(samples[:1]), times=2)
    ((one, other),) = ask(decoded.prepare(samples[:1]), times=2)
    one[:] = -1
    assert (other >= 0).all()
    ((again,),) = ask(decoded.prepare(samples[:1]))
    assert (again >= 0).all()


def test_labels_stay_hidden(samples):
    assert Decoded().prepare(samples)[0].label is None
