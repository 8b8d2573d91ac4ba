"""Real clients talk to a real server."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.service import http, service  # noqa: F401

SYSTEM_PYTHON = "/usr/bin/python3"  # where Debian and Ubuntu put QGIS's modules


@pytest.fixture
def gdal():
    """Run a GDAL command; what it printed. The set-up of the tests installs it."""

    def run(command: str, *words: object) -> str:
        assert shutil.which(command), f"{command} is missing: run `make test`"
        done = subprocess.run(
            [command, *map(str, words)], capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "ERROR" not in done.stderr, done.stderr
        return done.stdout

    return run


@pytest.fixture
def qgis(tmp_path):
    """Run a script of tests/clients/qgis in QGIS's own Python; what it printed."""

    def run(script: str, *words: object) -> str:
        path = Path(__file__).parent / "qgis" / script
        done = subprocess.run(
            [SYSTEM_PYTHON, path, *map(str, words)],
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
            env={"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin",
                 "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": str(tmp_path)},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
