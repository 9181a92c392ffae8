"""A mistake of the user is a line or two, never a traceback, and the exit code tells."""

import shutil

import pytest

from project import Project


@pytest.fixture
def mistaken(toys, tmp_path):
    """A copy of the project's configuration, to make mistakes in."""
    for name in ("conf", "src", "pyproject.toml"):
        source = toys.folder / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    return Project(tmp_path)


@pytest.mark.parametrize(
    "command",
    [
        "kedro run",
        "kedro registry list",
        "kedro registry describe",
        "kedro catalog describe-datasets",
        "iadbe run",
        "iadbe models list",
        "iadbe datasets list",
    ],
)
def test_a_mistake_in_the_benchmark_names_file_and_key(shell, mistaken, command):
    mistaken.configure(models=["well"], datasets={"demo": ["part"]}, image_size="big")
    shown = shell(*command.split(), code=1, folder=mistaken.folder)
    (line,) = shown.strip().splitlines()
    for word in ("Error: ", "benchmark.yml", "image_size", "'big'"):
        assert word in line


def test_broken_yaml_names_the_file(shell, mistaken):
    (mistaken.folder / "conf/base/benchmark.yml").write_text("models: [well\n")
    shown = shell("iadbe", "run", code=1, folder=mistaken.folder)
    assert len(shown.strip().splitlines()) == 1
    assert "benchmark.yml" in shown


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--pipelines", "trainin"], ["'training'", "evaluation"]),
        (["--pipelines", "training,nothing"], ["--pipelines nothing", "prediction"]),
        (["--namespaces", "demo.wel"], ["--namespaces demo.wel", "did you mean demo.well"]),
        (["--namespaces", "elsewhere"], ["they begin with demo"]),
        (["--params", "models=wel"], ["models=wel", "did you mean 'well'"]),
        (["--nodes", "nowhere"], ["nowhere"]),
        (["--runner", "Hamster"], ["Hamster"]),
        (["--env", "mars"], ["no environment 'mars'", "base"]),
    ],
)
def test_an_option_that_names_nothing_says_what_there_is(shell, words, told):
    (line,) = shell("iadbe", "run", *words, code=1).strip().splitlines()
    for word in told:
        assert word in line


def test_a_conf_source_that_is_not_there_is_a_usage_error(shell):
    assert "'nowhere' does not exist" in shell("iadbe", "run", "--conf-source", "nowhere", code=2)
