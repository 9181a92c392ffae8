"""What a run says: whose benchmark it is, the leaderboard, and where the report lies."""

from __future__ import annotations

from typing import Any

from kedro.framework.hooks import hook_impl
from kedro.pipeline import Pipeline
from rich.console import Console

from iadbe import project


class LeaderboardHooks:
    """Prints the leaderboard when a run has made one, whether or not some cells failed."""

    @hook_impl
    def after_context_created(self, context: Any) -> None:
        """Say so where the demo's configuration stands in for one that is not there."""
        folder, conf = context.project_path, context.config_loader.conf_source
        if conf == str(project.packaged_conf()) and not project.has_benchmark(folder):
            text = f"no conf/base/benchmark.yml in {folder}: this is the demo that iadbe brings"
            Console(stderr=True).print(text, markup=False, highlight=False, soft_wrap=True)

    @hook_impl
    def after_pipeline_run(self, pipeline: Pipeline, catalog: Any) -> None:
        """All went well."""
        _show(pipeline, catalog)
        if "prediction.scores" in pipeline.all_outputs():
            _say(Console(), "scores", catalog.get("prediction.scores")._filepath)
            _say(Console(), "overlays", catalog.get("prediction.overlays")._path)

    @hook_impl
    def on_pipeline_error(self, error: Exception, pipeline: Pipeline, catalog: Any) -> None:
        """Some cells failed; what there is of the others is shown."""
        from iadbe.errors import CellsFailedError

        if isinstance(error, CellsFailedError):
            _show(pipeline, catalog)


def _show(pipeline: Pipeline, catalog: Any) -> None:
    from iadbe.reporting.terminal import print_leaderboard

    console = Console()
    if "report" in pipeline.all_outputs():
        print_leaderboard(catalog.load("leaderboard"), console)
        _say(console, "report", catalog.get("report")._filepath)


def _say(console: Console, what: str, where: object) -> None:
    console.print(f"{what}: {where}", markup=False, highlight=False, soft_wrap=True)
