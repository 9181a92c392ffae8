import pytest

from iadbe.models.yolo import YoloModel
from iadbe.testing import parametrize_checks


@pytest.mark.slow
@parametrize_checks(YoloModel, {"epochs": 2, "batch_size": 8})
def test_contract(check):
    check()
