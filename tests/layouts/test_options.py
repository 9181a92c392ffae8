from pathlib import Path

import pytest

from iadbe.errors import ConfigError
from iadbe.layouts import load_layout
from iadbe.layouts.options import checked_options


def check(layout: str, **options):
    return checked_options(layout, load_layout(layout), options, Path("cache"))


def test_the_cache_goes_to_layouts_that_ask_for_it() -> None:
    assert check("mvtec_ad") == {}
    assert check("folder", normal_dir=["a", "b"], test_share=0.3) == {
        "normal_dir": ["a", "b"],
        "test_share": 0.3,
        "cache": Path("cache"),
    }


@pytest.mark.parametrize("layout", ["folder", "file_list", "yolo", "huggingface"])
def test_a_mistyped_option(layout) -> None:
    with pytest.raises(ConfigError) as error:
        check(layout, test_shar=0.3)
    message = str(error.value)
    assert message.startswith(f"layout '{layout}' has no option 'test_shar'.")
    assert "Did you mean 'test_share'? It has: " in message
    assert "cache" not in message


def test_an_option_where_there_is_none_and_the_cache_is_not_one() -> None:
    with pytest.raises(ConfigError, match=r"layout 'mvtec_ad' has no option 'x'. It has: none"):
        check("mvtec_ad", x=1)
    with pytest.raises(ConfigError, match=r"has no option 'cache'"):
        check("folder", cache="elsewhere")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"test_share": 1.5}, "option 'test_share': Input should be less than 1, not 1.5. Correct"),
        ({"normal_dir": 3}, "option 'normal_dir': .*string, not 3"),
        ({"test_share": "much"}, "option 'test_share': .*number.*, not 'much'"),
    ],
)
def test_values_of_the_wrong_kind(options, words) -> None:
    with pytest.raises(ConfigError, match=words) as error:
        check("folder", **options)
    assert "\n" not in str(error.value)
