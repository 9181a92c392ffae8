"""Anomalib's image models and their constructor arguments, read from its source.

Importing Anomalib takes about ten seconds; a typo in a configuration should be found at once.
"""

from __future__ import annotations

import ast
import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

COMPONENTS = frozenset({"pre_processor", "post_processor", "evaluator", "visualizer"})
"""Constructor arguments that the adapter sets itself."""


def model_names() -> list[str]:
    """Class names of the installed Anomalib's image models; empty if it is not installed."""
    return sorted(_packages())


@cache
def arguments(name: str) -> dict[str, Any]:
    """Constructor arguments of a model that a user may set.

    Args:
        name: A class name out of `model_names`.

    Returns:
        Argument name to default value; None for a default that is not a literal.
    """
    constructor = _constructor(_class(_packages()[name], name))
    named = [argument.arg for argument in constructor.args.args[1:]]
    padding: list[ast.expr | None] = [None] * (len(named) - len(constructor.args.defaults))
    defaults = [*padding, *constructor.args.defaults]
    pairs = zip(named, defaults, strict=True)
    return {name: _literal(default) for name, default in pairs if name not in COMPONENTS}


@cache
def _packages() -> dict[str, Path]:
    """Class name to the folder that holds it."""
    spec = importlib.util.find_spec("anomalib")
    if spec is None or not spec.submodule_search_locations:
        return {}
    root = Path(spec.submodule_search_locations[0]) / "models" / "image"
    return {name: root / module for name, module in _imports(root / "__init__.py").items()}


def _imports(file: Path) -> dict[str, str]:
    """Name to the last part of the module it is imported from."""
    nodes = [node for node in _parse(file).body if isinstance(node, ast.ImportFrom) and node.module]
    return {
        alias.name: str(node.module).rpartition(".")[2] for node in nodes for alias in node.names
    }


def _class(package: Path, name: str) -> ast.ClassDef:
    file = package / f"{_imports(package / '__init__.py')[name]}.py"
    classes = [node for node in _parse(file).body if isinstance(node, ast.ClassDef)]
    return next(node for node in classes if node.name == name)


def _constructor(node: ast.ClassDef) -> ast.FunctionDef:
    functions = [item for item in node.body if isinstance(item, ast.FunctionDef)]
    return next(item for item in functions if item.name == "__init__")


def _literal(node: ast.expr | None) -> Any:
    try:
        return None if node is None else ast.literal_eval(node)
    except ValueError:
        return None


def _parse(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))
