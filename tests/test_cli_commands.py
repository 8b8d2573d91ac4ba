"""The commands as a whole."""

import subprocess
import sys

import typer
from typer.testing import CliRunner

from gis_app.cli import app


def test_every_command_is_found_by_its_name_and_stands_in_the_help():
    root = typer.main.get_command(app)
    for name in root.list_commands(None):
        assert root.get_command(None, name).name == name
    assert CliRunner().invoke(app, ["--help"]).exit_code == 0
    assert "No such command" in CliRunner().invoke(app, ["nope"]).stderr


def test_a_command_loads_what_it_needs_and_no_other_does():
    heavy = ("ibis", "geopandas", "pandas", "fastapi", "duckdb", "uvicorn")
    asked = "from gis_app.cli import app\napp(['db', '--help'], standalone_mode=False)\n"
    told = f"import sys\nprint('loaded', [m for m in {heavy} if m in sys.modules])"
    said = subprocess.run(
        [sys.executable, "-c", asked + told], capture_output=True, text=True, check=True
    )
    assert "loaded []" in said.stdout
