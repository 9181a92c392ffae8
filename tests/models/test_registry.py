import re
import subprocess
import sys

import pytest

from iadbe.errors import ConfigError, PluginError
from iadbe.models import registry
from iadbe.models.yolo import YoloModel


def test_listing_imports_no_plugin_and_no_torch():
    program = (
        "import sys; from iadbe.models import registry as r; r.names(); r.entries();"
        "print([m for m in sys.modules if m.split('.')[0] in ('torch', 'anomalib', 'ultralytics')"
        " or m.startswith(('iadbe.models.yolo', 'iadbe.models.anomalib'))])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert shown.stdout.strip() == "[]", shown.stderr


def test_built_ins_are_registered_by_iadbe():
    assert {"anomalib", "yolo"} <= set(registry.names())
    package, version = registry.provider("yolo")
    assert package == "iadbe"
    assert re.match(r"\d+\.\d+", version)
    assert registry.load_plugin("yolo") is YoloModel


def test_unknown_name_suggests_the_near_one_and_lists_all():
    with pytest.raises(PluginError, match=r"'yol0'.*did you mean 'yolo'.*anomalib, .*yolo"):
        registry.load_plugin("yol0")


def test_a_strangers_plugin_loads(install):
    install("acme-model", "acme")
    assert registry.provider("acme") == ("acme-model", "1.2")
    assert registry.load_plugin("acme").localizes is False


def test_two_packages_with_one_name_hurt_only_who_asks(install):
    install("acme-one", "acme")
    install("acme-two", "acme", version="2.0")
    with pytest.raises(PluginError, match=r"acme-one 1\.2 and acme-two 2\.0"):
        registry.load_plugin("acme")
    assert [e.package for e in registry.entries() if e.name == "acme"] == ["acme-one", "acme-two"]
    assert registry.load_plugin("yolo") is YoloModel


def test_metadata_of_one_distribution_seen_twice_is_no_clash(install):
    install("acme-model", "acme", folder="editable")
    install("acme-model", "acme", folder="wheel")
    assert registry.load_plugin("acme").__name__ == "Model"


@pytest.mark.parametrize(
    ("source", "cause"),
    [
        ("import no_such_library", "ModuleNotFoundError: No module named 'no_such_library'"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("Other = 1", "AttributeError.*Model"),
        ("Model = 1", "1 is not a class"),
    ],
)
def test_a_plugin_that_does_not_import_is_one_line_with_its_package(install, source, cause):
    install("acme-broken", "acme", source)
    with pytest.raises(PluginError, match=rf"acme-broken 1\.2.*{cause}.*uninstall") as caught:
        registry.load_plugin("acme")
    assert "\n" not in str(caught.value)
    assert registry.load_plugin("yolo") is YoloModel


@pytest.mark.parametrize(("speaks", "remedy"), [(0, "update acme-model"), (2, "update iadbe")])
def test_another_api_version_says_what_to_update(install, speaks, remedy):
    install("acme-model", "acme", api_version=speaks)
    with pytest.raises(PluginError, match=rf"API version {speaks}.*{remedy}"):
        registry.load_plugin("acme")


def test_a_missing_member_is_named(install):
    install("acme-model", "acme", "class Model:\n    api_version = 1\n")
    with pytest.raises(PluginError) as caught:
        registry.load_plugin("acme")
    for part in ("supervision", "localizes", "Params", "fit()", "predict()", "save()", "load()"):
        assert part in str(caught.value)
    assert "\n" not in str(caught.value)


def test_code_version_changes_with_the_source(install):
    source = install("acme-model", "acme")
    version = registry.code_version(registry.load_plugin("acme"))
    assert re.fullmatch(r"acme-model==1\.2\+[0-9a-f]{8}", version)
    program = "from iadbe.models import registry as r; print(r.code_version(r.load_plugin('acme')))"
    command, path = [sys.executable, "-c", program], {"PYTHONPATH": str(source.parent)}
    assert subprocess.check_output(command, env=path, text=True).strip() == version
    source.write_text(source.read_text() + "# changed\n")
    changed = subprocess.check_output(command, env=path, text=True).strip()
    assert changed.startswith("acme-model==1.2+")
    assert changed != version


def test_code_version_of_a_built_in_names_its_libraries():
    version = registry.code_version(registry.load_plugin("yolo"))
    assert re.fullmatch(r"iadbe==\S+\+[0-9a-f]{8} ultralytics==\S+ torch==\S+", version)


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"epoch": 3}, "model 'mine': params.epoch: no such .*did you mean 'epochs'.*batch_size"),
        ({"epochs": 0}, "model 'mine': params.epochs: .*greater than or equal to 1, not 0"),
        ({"weights": "yolov8n.onnx"}, "params.weights: give an architecture"),
    ],
)
def test_a_mistyped_parameter_is_one_line(params, message):
    with pytest.raises(ConfigError, match=message) as caught:
        registry.validate_params(YoloModel, params, "mine")
    assert "\n" not in str(caught.value)


def test_good_parameters_come_back_validated():
    assert registry.validate_params(YoloModel, {"epochs": 2}, "mine").epochs == 2
