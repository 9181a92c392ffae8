"""A provider registers many models at once, and hurts only itself."""

import subprocess
import sys

import pytest

from iadbe.errors import PluginError
from iadbe.models import registry
from iadbe.models.yolo import YoloModel
from iadbe.testing import check_model
from models.plugin_source import PLUGIN

FACTORY = """

def _made(depth):
    class Made(Model):
        \"\"\"One of a family.\"\"\"
    Made.depth = depth
    return Made

def models():
    return {f"acme_{depth}": _made(depth) for depth in (18, 34)}
"""


@pytest.fixture
def provide(install):
    """Install a provider: provide(package, source of its module with a function `models`)."""

    def put(package, source):
        return install(package, "zoo", source, group="iadbe.providers", target="models")

    return put


def returning(text):
    return PLUGIN.format(api_version=1) + f"\ndef models():\n    return {text}\n"


def test_models_are_given_by_address_or_as_classes(provide):
    provide("acme-zoo", returning('{"acme_a": "acme_zoo:Model", "acme_b": Model}'))
    assert {"acme_a", "acme_b", "yolo"} <= set(registry.names())
    assert registry.problems() == []
    assert registry.provider("acme_a") == ("acme-zoo", "1.2")
    assert registry.find("acme_b").target == "acme_zoo:Model"
    model = registry.load_plugin("acme_a")
    assert model is registry.load_plugin("acme_b")
    assert registry.code_version(model).startswith("acme-zoo==1.2+")


def test_classes_that_are_made_in_a_function_are_known_by_their_names(provide):
    provide("acme-zoo", PLUGIN.format(api_version=1) + FACTORY)
    small, large = map(registry.load_plugin, ("acme_18", "acme_34"))
    assert (small.depth, large.depth) == (18, 34)
    assert registry.registered_name(large) == "acme_34"
    assert registry.code_version(large).startswith("acme-zoo==1.2+")


def test_such_a_class_keeps_the_whole_contract_in_another_process_too(provide):
    provide(
        "acme-zoo",
        "from testing.subjects import Good\n"
        "def _made():\n    class Made(Good):\n        pass\n    return Made\n"
        "def models():\n    return {'acme_made': _made()}\n",
    )
    check_model(registry.load_plugin("acme_made"))


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("import no_such_library", "failed: ModuleNotFoundError: No module named 'no_such"),
        ("def models():\n    raise KeyError('no\\nnews')", "failed: KeyError: "),
        ("def models():\n    raise SystemExit(3)", "failed: SystemExit: 3"),
        ("models = 3", "failed: TypeError: 'int' object is not callable"),
        ("def models(folder):\n    return {}", "failed: TypeError: models() missing 1 required"),
        ("def models():\n    return ['a']", "returns a list, not a dict of names to classes"),
    ],
)
def test_a_provider_that_fails_is_one_line_and_hurts_only_itself(provide, source, problem):
    provide("acme-broken", source)
    (line,) = registry.problems()
    assert line.startswith("model provider 'zoo' of acme-broken 1.2 (acme_broken:models) ")
    assert problem in line
    assert "\n" not in line
    assert registry.load_plugin("yolo") is YoloModel
    with pytest.raises(PluginError, match=r"no model plugin 'acme_a'.*provider 'zoo' of acme-br"):
        registry.load_plugin("acme_a")


@pytest.mark.parametrize("value", ["3", "'acme_zoo'", "Model(None, None)"])
def test_what_is_no_model_is_refused_alone(provide, value):
    provide("acme-zoo", returning(f"{{'acme_a': Model, 'acme_b': {value}}}"))
    (line,) = registry.problems()
    assert """for 'acme_b': give "module:Class" or a class""" in line
    assert "acme_a" in registry.names()
    assert "acme_b" not in registry.names()


def test_a_name_that_two_packages_give_is_an_error_naming_both(provide, install):
    provide("acme-zoo", returning('{"acme_a": Model, "acme_b": Model}'))
    install("acme-model", "acme_a")
    clash = r"'acme_a' is registered by acme-model 1\.2 and acme-zoo 1\.2; uninstall all but one"
    with pytest.raises(PluginError, match=clash):
        registry.load_plugin("acme_a")
    assert registry.load_plugin("acme_b").api_version == 1
    assert len(registry.problems()) == 1


def test_a_provider_is_called_once_a_process(provide, tmp_path):
    calls = tmp_path / "calls"
    provide("acme-zoo", f"def models():\n    open({str(calls)!r}, 'a').write('x')\n    return {{}}")
    for _ in range(3):
        registry.names(), registry.entries(), registry.problems()
    assert calls.read_text() == "x"


def test_a_provider_that_imports_torch_is_told_to_give_addresses(provide):
    site = provide("acme-zoo", "def models():\n    import torch\n    return {}").parent
    program = "from iadbe.models import registry as r; print(*r.problems())"
    shown = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "'zoo' of acme-zoo 1.2 (acme_zoo:models) imports torch, so that listing" in shown
