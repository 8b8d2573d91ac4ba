"""`gis-app serve` where it cannot."""

import socket

from typer.testing import CliRunner

from gis_app.cli import app


def test_a_port_in_use_is_told_before_anything_is_started(tmp_path, monkeypatch):
    monkeypatch.setenv("GIS_HOME", str(tmp_path / "home"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = CliRunner().invoke(app, ["serve", "--port", str(taken.getsockname()[1])])
    assert said.exit_code == 1
    assert said.stdout == ""
    assert "--port" in said.stderr
    assert not (tmp_path / "home").exists()
