import subprocess
import sys

from iadbe.models.anomalib import signatures


def test_lists_the_installed_models() -> None:
    assert {"Padim", "Patchcore", "Dfkde", "Stfpm", "EfficientAd"} <= set(signatures.model_names())


def test_reads_constructor_arguments_with_their_defaults() -> None:
    arguments = signatures.arguments("Patchcore")
    assert arguments["layers"] == ("layer2", "layer3")
    assert arguments["coreset_sampling_ratio"] == 0.1
    assert "evaluator" not in arguments


def test_every_model_has_a_readable_constructor() -> None:
    assert all(isinstance(signatures.arguments(name), dict) for name in signatures.model_names())


def test_agrees_with_the_imported_class() -> None:
    import inspect

    from anomalib.models.image import Padim

    parameters = set(inspect.signature(Padim).parameters)
    assert set(signatures.arguments("Padim")) == parameters - signatures.COMPONENTS


def test_parameters_are_checked_without_heavy_imports() -> None:
    code = (
        "import sys; from iadbe.models.anomalib import AnomalibModel as M;"
        "p = M.Params(name='Padim', args={'backbone': 'tf_efficientnet_lite0'}); M.files(p);"
        "heavy = {'torch', 'anomalib', 'timm', 'lightning'} & set(sys.modules);"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
