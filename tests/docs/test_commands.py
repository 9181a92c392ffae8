"""Every command in README and docs exists, with its options and what they name."""

import functools
import re
import shlex

import click
import pytest
from kedro.framework.cli.cli import KedroCLI
from markdown_files import FILES, blocks, files_in, spans

from iadbe.benchmark.loader import BenchmarkConfigLoader
from iadbe.cli.main import main as iadbe_cli
from iadbe.settings import CONFIG_LOADER_ARGS
from project import ROOT

SHELL = {"bash", "sh", "console"}
PROGRAMS = ("iadbe", "kedro", "make")
PIPELINES = {"ingestion", "training", "transfer", "evaluation", "reporting", "prediction"}
ENTITLED = re.compile(r"^([a-z-]+):", re.MULTILINE)
VARIABLE = re.compile(r"^([A-Z_]+)\s*[?:]?=", re.MULTILINE)


def commands():
    """Our commands in shell blocks and code spans, without variables set before them."""
    for path in FILES:
        shell = [block.text for block in blocks(path) if block.language in SHELL]
        for line in [*"\n".join(shell).splitlines(), *spans(path)]:
            words = shlex.split(line, comments=True) if line.count('"') % 2 == 0 else []
            while words and re.fullmatch(r"[A-Z_]+=\S*", words[0]):
                words.pop(0)
            program = words[0].removeprefix(".venv/bin/") if words else ""
            if program in PROGRAMS and len(words) > 1:
                yield pytest.param(program, words[1:], id=f"{path.name}: {' '.join(words)}")


COMMANDS = list({param.id: param for param in commands()}.values())
KNOWN_ENVIRONMENTS = {path.name for path in (ROOT / "conf").iterdir()}
DESCRIBED_ENVIRONMENTS = {
    name.split("/")[1] for path in FILES for name in files_in(path) if name.startswith("conf/")
}


def of(*programs):
    return pytest.mark.parametrize(
        ("program", "words"), [param for param in COMMANDS if param.values[0] in programs]
    )


@functools.cache
def program_of(name):
    return iadbe_cli if name == "iadbe" else KedroCLI(project_path=ROOT)


@functools.cache
def loader_of(env, params):
    given = dict(item.split("=") for item in params.split(",") if item)
    return BenchmarkConfigLoader(ROOT / "conf", env, given, **CONFIG_LOADER_ARGS)


def parsed(program, words):
    """The command of the words, and the values of its options."""
    command = program_of(program)
    context = click.Context(command)
    while isinstance(command, click.Group):
        name, words = words[0], words[1:]
        found = command.get_command(context, name)
        assert found is not None, f"no command {name}"
        command, context = found, click.Context(found, parent=context, info_name=name)
    values, rest, _ = command.make_parser(context).parse_args(list(words))
    assert not rest
    return command, values


def test_there_are_commands_to_test():
    assert len(COMMANDS) > 30


@of("make")
def test_make_targets_and_variables_exist(program, words):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for word in words:
        name, is_variable, _ = word.partition("=")
        assert name in (VARIABLE if is_variable else ENTITLED).findall(makefile)


@of("iadbe", "kedro")
def test_commands_and_options_exist(program, words):
    try:
        _, values = parsed(program, words)
    except click.UsageError as error:
        pytest.fail(error.format_message())
    assert set((values.get("pipelines") or "").split(",")) <= PIPELINES | {""}
    env = values.get("env")
    assert env in {None, "NAME"} | KNOWN_ENVIRONMENTS | DESCRIBED_ENVIRONMENTS


@of("iadbe", "kedro")
def test_params_and_namespaces_name_what_is_there(program, words):
    command, values = parsed(program, words)
    if command.name != "run" or values.get("env") in DESCRIBED_ENVIRONMENTS | {"NAME"}:
        return
    loader = loader_of(values.get("env"), values.get("params") or "")
    assert loader["parameters"]["matrix"]
    assert loader.selected
    assert loader.predicting
    if namespace := values.get("namespaces"):
        assert any(f"{cell.id}.".startswith(f"{namespace}.") for cell in loader.cells)


@of("iadbe")
def test_models_that_are_shown_exist(program, words):
    if words[:2] in (["models", "show"], ["models", "check"]) and len(words) > 2:
        entries = loader_of(None, "")["parameters"]["model"]
        assert words[2] in {*entries, "NAME", "autoencoder", "brightness", "zscore"}
