"""`gis-app zoning` as a person types it: run, cancelled by a real signal, listed, compared."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import numpy as np
import pytest
import typer
from shapely import box
from sqlalchemy import text
from typer.testing import CliRunner

from gis_app.cli import app, deps, zoning
from gis_app.errors import SetupError
from gis_app.raster.grid import Grid
from gis_app.store.engine import writing
from gis_app.telling import quiet
from tests.database import dsn
from tests.world import add_zone
from tests.zoning import worked

AREA = "140302"
PLAN = """
name = "示例三乘三"
profile = "DRASTIC-1987"
cell_m = 100
min_area_m2 = 0
quality = { raster = "quality.tif" }
yield = { raster = "yield.tif" }
load = { raster = "load.tif" }
protection = [{ polygons = "protection.geojson", column = "kind", crs = "EPSG:4490" }]
[inputs]
D = { raster = "D.tif" }
R = { raster = "R.tif" }
T = { raster = "T.tif" }
C = { raster = "C.tif" }
A = { raster = "A.tif", as_rating = true }
S = { raster = "S.tif", as_rating = true }
I = { raster = "I.tif", as_rating = true }
"""


@pytest.fixture
def office(fresh_database, tmp_path):
    """A register with one district, the files of the example, and the environment of commands."""
    with writing(fresh_database, "test") as conn:
        add_zone(conn, "district", worked.AREA, name="示例区", area_code=AREA)
    worked.files(tmp_path)
    worked.tif(tmp_path / "load.tif", worked.LOAD)
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    url = dsn(fresh_database)
    env = {"GIS_DATABASE_URL": url, "GIS_HOME": str(tmp_path / "home"), "COLUMNS": "200"}
    return tmp_path, env, fresh_database


def told(env, *words, code=0):
    result = CliRunner(env=env).invoke(app, ["zoning", *map(str, words)])
    assert result.exit_code == code, result.output
    return result.output


def test_a_plan_becomes_drafts_and_the_runs_are_listed_and_compared(office):
    folder, env, _ = office
    said = told(env, "run", folder / "plan.toml", "--area", AREA, "--actor", "planner")
    assert "5 块草案" in said
    assert "管控类区域（一级）" in said
    (made,) = (folder / "home" / "zoning").iterdir()
    assert (made / "zones.web.tif").exists()
    assert "草案" in told(env, "list")
    assert "示例三乘三" in told(env, "list")
    assert "没有同名" in told(env, "diff", 1)
    again = told(env, "run", folder / "plan.toml", "--area", AREA)
    assert "same inputs" in again
    worked.tif(folder / "quality.tif", [[5, 4, 1], [2, 5, 3], [4, 2, 1]])
    third = told(env, "run", folder / "plan.toml", "--area", AREA, "--replace")
    assert "control_2" in third
    assert "0.0100" in told(env, "diff", 2)


def test_the_empty_guide_and_wrong_files_are_refused_with_their_names(office):
    folder, env, _ = office
    said = told(env, "run", folder / "plan.toml", "--profile", "CN-2023", code=1)
    assert "vulnerability_karst" in said
    assert "CN-2023" in told(env, "profiles")
    worked.tif(folder / "D.tif", worked.D, crs=False)
    said = told(env, "run", folder / "plan.toml", "--area", AREA, code=1)
    assert "crs_missing" in said
    assert "unit_missing" in said
    assert not (folder / "home" / "zoning").exists() or not list(
        (folder / "home" / "zoning").iterdir()
    )


def test_where_the_raster_libraries_lack_it_says_what_to_install():
    with pytest.raises(SetupError, match="raster"):
        deps.needs_rasters("gis_app.zoning.no_such_module")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_run_cancelled_by_a_signal_leaves_nothing_behind(office, sent):
    folder, env, engine = office
    wide = Grid(4547, 440_000.0, 4_215_000.0, 40.0, 1000, 1000)
    with writing(engine, "test") as conn:
        add_zone(conn, "district", wide.on_earth(box(*wide.bounds)), name="大", area_code="140311")
    worked.tif(folder / "D.tif", np.full(wide.shape, 5.0), wide, unit="m")
    small = PLAN.replace("cell_m = 100", "cell_m = 40")
    (folder / "plan.toml").write_text(small, encoding="utf-8")
    out = folder / "out" / "rasters"
    command = [sys.executable, "-c", "from gis_app.cli import app; app()", "zoning", "run",
               str(folder / "plan.toml"), "--area", "140311", "--out", str(out)]  # fmt: skip
    with engine.begin() as conn:
        # however fast the run is, it cannot end before it is told to
        conn.execute(text("lock table gis.batch, gis.zoning_run in share mode"))
        running = subprocess.Popen(
            command, env={**os.environ, **env}, stderr=subprocess.PIPE, stdout=subprocess.PIPE
        )
        while not list(out.parent.glob("*rasters*/zones.plain.tif")) and not out.exists():
            assert running.poll() is None, running.communicate()
            time.sleep(0.01)  # looks again; nothing waits for a time to pass
        running.send_signal(sent)
        _, errors = running.communicate(timeout=120)
    assert running.returncode == 130
    assert "nothing is left behind" in errors.decode()
    assert list(out.parent.iterdir()) == []
    with engine.connect() as conn:
        for table in ("zoning_run", "batch"):
            assert conn.execute(text(f"select count(*) from gis.{table}")).scalar() == 0


def test_a_signal_lost_within_a_library_ends_the_run_at_its_next_step():
    def run() -> None:
        with zoning._ended_by_signals(quiet) as told:
            with suppress(KeyboardInterrupt):
                signal.raise_signal(signal.SIGTERM)
            told("计算", "Computing", 0.5)

    with pytest.raises(typer.Exit) as ended:
        run()
    assert ended.value.exit_code == 130


def test_cancelled_between_preview_and_commit_neither_batch_nor_run_stands(office, monkeypatch):
    """The worst moment: what is in the database already is taken back."""
    from gis_app import registry
    from gis_app.intake import batch
    from gis_app.zoning import drafts, plan

    folder, _, engine = office

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    desk = batch.Desk(engine=engine, registry=registry.load(), uploads=folder / "up", actor="x")
    wanted = drafts.asked(engine, plan.read(folder / "plan.toml", area=AREA), folder)
    monkeypatch.setattr(batch, "commit", stop)
    with pytest.raises(KeyboardInterrupt):
        drafts.run(desk, wanted, folder / "out", drafts.Wish())
    assert not (folder / "out").exists()
    with engine.connect() as conn:
        assert conn.execute(text("select count(*) from gis.zoning_run")).scalar() == 0
        assert conn.execute(text("select state from gis.batch")).scalars().all() == ["discarded"]
