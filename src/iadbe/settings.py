"""Kedro's project settings."""

from iadbe.benchmark.loader import BenchmarkConfigLoader
from iadbe.cells.hooks import LedgerHooks
from iadbe.hooks import LeaderboardHooks

HOOKS = (LedgerHooks(), LeaderboardHooks())
CONFIG_LOADER_CLASS = BenchmarkConfigLoader
CONFIG_LOADER_ARGS = {
    "base_env": "base",
    "default_run_env": "local",
    "config_patterns": {"benchmark": ["benchmark.yml", "benchmark.yaml"]},
    "merge_strategy": {"parameters": "soft"},
}
DISABLE_HOOKS_FOR_PLUGINS = ("kedro-telemetry",)
