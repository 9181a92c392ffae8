"""What only lists or explains loads none of the heavy libraries."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys
sys.argv = {words!r}
from {module} import main
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
loaded = {{name.split(".")[0] for name in sys.modules}}
print("heavy:", sorted(loaded & {{"torch", "anomalib", "ultralytics", "lightning", "timm"}}))
"""


@pytest.mark.parametrize(
    "words",
    [
        "iadbe --help",
        "iadbe run --help",
        "iadbe models list",
        "iadbe models show yolo",
        "iadbe models show anomalib",
        "iadbe datasets list",
        "iadbe weights --help",
        "iadbe audit --help",
        "iadbe runs list",
        "kedro run --help",
        "kedro registry list",
        "kedro viz --help",
    ],
)
def test_no_heavy_library_is_loaded(toys, environment, words):
    module = "iadbe.cli.main" if words.startswith("iadbe") else "kedro.framework.cli"
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(words=words.split(), module=module)],
        cwd=toys.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.rstrip().endswith("heavy: []"), done.stdout + done.stderr
