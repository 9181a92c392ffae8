import pandas as pd
import pytest

from iadbe.errors import DataError
from iadbe.samples import Samples


def _samples(count: int) -> Samples:
    rows = [{"sample_id": f"{n:03}", "image_path": f"{n}.png"} for n in range(count)]
    return Samples(pd.DataFrame(rows), 64)


def _hold_out(count: int, seed: int = 0) -> tuple[list[str], list[str]]:
    from iadbe.models.anomalib.efficient_ad import hold_out

    trained, held = hold_out(_samples(count), seed)
    return [s.sample_id for s in trained], [s.sample_id for s in held]


@pytest.mark.slow  # imports Anomalib
@pytest.mark.parametrize(("count", "expected"), [(2, 1), (14, 1), (50, 5)])
def test_a_tenth_is_held_out(count: int, expected: int) -> None:
    trained, held = _hold_out(count)
    assert len(held) == expected
    assert sorted(trained + held) == [sample.sample_id for sample in _samples(count)]


@pytest.mark.slow
def test_the_seed_decides() -> None:
    assert _hold_out(50) == _hold_out(50)
    assert _hold_out(50) != _hold_out(50, seed=1)


@pytest.mark.slow
def test_one_image_is_too_few() -> None:
    with pytest.raises(DataError, match="two training images"):
        _hold_out(1)
