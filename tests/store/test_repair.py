"""Where it is doubted which well meets which zone, one command works it out anew and says so."""

from sqlalchemy import text
from typer.testing import CliRunner

from gis_app.cli import app
from gis_app.store import zones
from gis_app.store.engine import writing
from tests.database import dsn
from tests.world import add_well, add_zone, square

KEPT = text("select * from gis.well_zone order by 1, 2")


def _world(conn):
    for n in range(4):
        add_well(conn, f"W{n}", 100 * n, 100, position_accuracy_m=20)
    add_zone(conn, "public_supply_coverage", square(-200, -200, 410))
    return add_zone(conn, "spring_domain", square(-200, -200, 1000))


def test_what_is_wrong_is_counted_and_put_right(conn):
    wide = _world(conn)
    right = conn.execute(KEPT).all()
    assert len(right) > 4
    first, last = right[0].well_id, right[-1].well_id
    off = "update gis.well_zone set edge_m = edge_m + 5 where zone_id = :zone and well_id = :well"
    assert conn.execute(text(off), {"zone": wide, "well": last}).rowcount == 1
    conn.execute(text("delete from gis.well_zone where well_id = :well"), {"well": first})
    conn.execute(text("delete from gis.zone_part"))
    conn.execute(text("delete from gis.zone_edge"))
    found = zones.repair(conn)
    assert (found["pairs"], found["wrong"]) == (len(right), 3)
    assert conn.execute(KEPT).all() == right


def test_an_audit_after_it_asks_everything(conn):
    conn.execute(text("delete from gis.unaudited"))
    zones.repair(conn)
    asked = conn.execute(text("select * from gis.unaudited")).mappings().all()
    assert any(row["change_id"] is None and row["well_id"] is None for row in asked)


def test_the_command_says_how_many_pairs_were_wrong(fresh_database, tmp_path):
    with writing(fresh_database, "test") as conn:
        _world(conn)
    url = dsn(fresh_database)
    gis = CliRunner(env={"GIS_DATABASE_URL": url, "GIS_HOME": str(tmp_path), "COLUMNS": "250"})
    assert ", 0 were wrong" in gis.invoke(app, ["db", "repair"]).output
    with writing(fresh_database, "test") as conn:
        conn.execute(text("delete from gis.well_zone where well_id ="
                          " (select min(well_id) from gis.well_zone)"))  # fmt: skip
    told = gis.invoke(app, ["db", "repair"]).output
    assert ", 2 were wrong" in told
    assert "gis-app audit" in told
