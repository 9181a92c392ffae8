"""Train, test and predict from Python: the pipelines in a few lines.

import iadbe

iadbe.train(models=["padim"], categories=["fabric"])
metrics = iadbe.test(models=["padim"], categories=["fabric"])
scores = iadbe.predict("demo.padim.fabric.s0", "photos/*.png")
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from iadbe import project
from iadbe.errors import IadbeError

Images = str | Path
"""An image, a folder or a glob."""


def run(
    *pipelines: str,
    env: str | None = None,
    conf_source: str | None = None,
    folder: str | Path | None = None,
    **params: Any,
) -> dict[str, Any]:
    """Run pipelines of a benchmark, as `kedro run` does.

    Args:
        *pipelines: Names, e.g. `ingestion`; none is the whole benchmark.
        env: Kedro environment, i.e. the benchmark; by default the demo in `conf/base`.
        conf_source: Folder of the configuration; by default `conf/` of the project, else the
            demo's that comes with the package.
        folder: The project's folder, below which `data/` lies; by default the working folder's.
        **params: Runtime parameters: `models`, `categories`, `datasets`, `seeds` select cells
            (one name or a list); others override parameters.

    Returns:
        The outputs of the pipelines that no other node takes, by name, as Kedro datasets.

    Raises:
        IadbeError: If the configuration has a mistake, or cells failed.
    """
    root = project.prepare(Path(folder).resolve() if folder else None)
    from kedro.framework.session import KedroSession

    from iadbe.runner import CellRunner

    session: Any  # the class that runs is KedroSession's own, typed as its abstract parent
    with KedroSession.create(
        project_path=root,
        env=env,
        conf_source=project.conf_source(conf_source, root),
        runtime_params=params or None,
    ) as session:
        return _run(session, list(pipelines) or None, CellRunner())


def _run(session: Any, pipelines: list[str] | None, runner: Any) -> dict[str, Any]:
    """Run, and raise our own errors as they are, not wrapped in Kedro's `DatasetError`."""
    from kedro.io import DatasetError

    try:
        outputs: dict[str, Any] = session.run(pipeline_names=pipelines, runner=runner)
    except DatasetError as error:
        cause: BaseException | None = error
        while isinstance(cause, DatasetError):
            cause = cause.__cause__
        if isinstance(cause, IadbeError):
            raise cause from None
        raise
    return outputs


def train(**options: Any) -> None:
    """Ingest and fit the selected cells; those that are up to date are left alone.

    Args:
        **options: As for `run`.
    """
    run("ingestion", "training", **options)


def test(**options: Any) -> pd.DataFrame:
    """Predict and evaluate the selected, trained cells, and rank all of them.

    Args:
        **options: As for `run`.

    Returns:
        The benchmark's metrics, one row a value (`iadbe.schemas.MetricsSchema`).
    """
    outputs = run("evaluation", "reporting", **options)
    return pd.read_parquet(Path(outputs["report"]._filepath).with_name("metrics.parquet"))


def predict(cell: str, images: Images | list[Images], **options: Any) -> pd.DataFrame:
    """Score images with a trained cell; labels are not needed.

    Args:
        cell: Its id, e.g. `demo.padim.fabric.s0`.
        images: An image, a folder or a glob, or several of them.
        **options: As for `run`.

    Returns:
        image_path, image_score, threshold, decision and overlay, the most anomalous first. The
        heat maps, files named in overlay, lie in
        `data/08_reporting/<benchmark>/predictions/<cell>/overlays/`.
    """
    named = [str(name) for name in (images if isinstance(images, list) else [images])]
    outputs = run("prediction", cell=cell, images=named, **options)
    scores: pd.DataFrame = outputs["prediction.scores"].load()
    return scores
