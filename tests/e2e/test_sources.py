"""The page's own checks: its unit tests, and its types."""

import shutil
import subprocess
from pathlib import Path

import pytest

VIEWER = Path(__file__).parents[2] / "api/viewer"

pytestmark = pytest.mark.skipif(
    not (shutil.which("node") and (VIEWER / "node_modules").is_dir()),
    reason="needs node and `npm ci --ignore-scripts` in api/viewer",
)


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=VIEWER, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_pure_parts_do_what_they_promise():
    run("node", "--test", *sorted(map(str, VIEWER.glob("test/*.test.js"))))


def test_the_types_fit():
    run("node", "node_modules/typescript/bin/tsc", "--noEmit")
