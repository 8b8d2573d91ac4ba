"""`gis-app zone` as a person types it."""

import pytest
import typer
from typer.testing import CliRunner

from gis_app.cli import Boundary, zones
from gis_app.store.engine import writing
from tests.world import add_zone, square


@pytest.fixture
def run(fresh_database, tmp_path, monkeypatch):
    app = typer.Typer(cls=Boundary)
    zones.register(app)
    app.callback()(lambda: None)
    monkeypatch.setenv("GIS_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(zones.deps, "engine", lambda *_, **__: fresh_database)
    with writing(fresh_database, "test") as conn:
        for n, more in enumerate(({}, {}, {"valid_to": "2024-06-01"})):
            add_zone(conn, "district", square(3000 * n, 0, 2000), name=f"县{n}", **more)
    return lambda *words: CliRunner().invoke(app, ["zone", *words])


@pytest.mark.parametrize(
    ("words", "named"),
    [((), {"县0", "县1"}), (("--all",), {"县0", "县1", "县2"}), (("--name", "县1"), {"县1"})],
)
def test_zones_are_listed_by_layer_day_and_name(run, words, named):
    said = run("list", "district", *words)
    assert said.exit_code == 0, said.output
    assert {name for name in ("县0", "县1", "县2") if name in said.output} == named
