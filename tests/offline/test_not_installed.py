"""Where the engine of file audits is not installed."""

import subprocess
import sys

import pytest

HIDDEN = """
from importlib.machinery import PathFinder

find = PathFinder.find_spec
PathFinder.find_spec = lambda name, *more: None if name == "duckdb" else find(name, *more)
"""


@pytest.mark.parametrize(
    "words",
    ["from gis_app import offline",
     "from gis_app.cli import app; app(['offline', 'audit', 'folder'])"],
)  # fmt: skip
def test_a_missing_engine_is_told_with_the_extra_that_brings_it(words):
    asked = [sys.executable, "-c", HIDDEN + words]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert "gis-app[" in said.stderr
    assert "notebook]" in said.stderr
    assert ("Traceback" in said.stderr) == words.startswith("from gis_app import")
