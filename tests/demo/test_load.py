from datetime import date

import pytest
from sqlalchemy import text

from gis_app.demo import load
from gis_app.errors import Conflict


def test_a_city_goes_in_whole_and_says_it_is_synthetic(conn, hamlet):
    done = load(conn, hamlet)
    assert done.wells == conn.scalar(text("select count(*) from gis.well")) == 300
    stored = dict(conn.execute(text("select layer, count(*) from gis.zone group by 1")).all())
    assert stored == done.zones == {layer: len(z) for layer, z in hamlet.zones.items()}
    settings = dict(conn.execute(text("select key, value from gis.setting")).all())
    assert settings["synthetic"] is True
    assert (settings["title_zh"], settings["title_en"]) == (
        "示例市地下水区划",
        "Sample City groundwater",
    )


def test_rows_arrive_as_they_left(conn, hamlet):
    load(conn, hamlet)
    row = conn.execute(
        text(
            "select w.*, p.name as owner, p.uscc, st_x(geom) as lon, st_y(geom) as lat"
            " from gis.well w join gis.party p on p.party_id = w.owner_id where code = 'SL-D034'"
        )
    ).one()
    left = hamlet.wells.set_index("code").loc["SL-D034"]
    assert (row.owner, row.uscc) == (left["owner"], left["owner_uscc"])
    assert (row.lon, row.lat) == (left.geometry.x, left.geometry.y)
    assert (row.prior_permitted_m3, row.annual_permitted_m3) == (80_000, 90_000)
    attrs = conn.scalar(text("select attrs from gis.zone where name = '示例娘子关泉域'"))
    assert attrs == {"spring": "示例娘子关泉", "discharge_m3s": 7.2}


def test_loading_twice_changes_nothing(conn, hamlet):
    load(conn, hamlet)
    assert load(conn, hamlet).already
    assert conn.scalar(text("select count(*) from gis.well")) == 300


def test_it_is_not_mixed_with_real_wells_unless_forced(conn, hamlet):
    conn.execute(
        text(
            "insert into gis.well (code, geom)"
            " values ('real-1', st_setsrid(st_point(113.6, 37.9), 4490))"
        )
    )
    with pytest.raises(Conflict, match="--force"):
        load(conn, hamlet)
    assert load(conn, hamlet, force=True).wells == 300


def test_every_register_goes_in_with_its_history(conn, hamlet):
    done = load(conn, hamlet)
    for name, frame in hamlet.records.items():
        rows = conn.scalar(text(f"select count(*) from gis.{name}"))
        kept = "select count(*) from gis.change where table_name = :name and op = 'insert'"
        written = conn.scalar(text(kept), {"name": name})
        assert rows == written == done.records[name] == len(frame) > 0, name
    assert conn.scalar(text("select count(*) from gis.law_parameter")) == done.numbers > 0


def test_sites_come_in_the_name_of_the_files_that_brought_them(conn, hamlet):
    load(conn, hamlet)
    rows = conn.execute(
        text(
            "select b.file_name, b.state, count(s.*) as sites,"
            " (b.report ->> 'inserted')::int as told,"
            " (select count(*) from gis.change c where c.batch_id = b.batch_id) as changes"
            " from gis.batch b join gis.site s using (batch_id) group by b.batch_id"
        )
    ).all()
    assert {row.state for row in rows} == {"committed"}
    assert {row.file_name for row in rows} == {
        "示例场地与项目.gpkg",
        "示例排污口踏勘.kml",
        "示例地热项目.shp",
    }
    assert all(row.sites == row.told == row.changes for row in rows)
    assert sum(row.sites for row in rows) == len(hamlet.records["site"])


def test_beside_real_wells_nothing_is_said_that_holds_for_a_whole_area(conn, hamlet):
    conn.execute(
        text(
            "insert into gis.well (code, geom)"
            " values ('real-1', st_setsrid(st_point(113.6, 37.9), 4490))"
        )
    )
    done = load(conn, hamlet, force=True)
    assert done.numbers == 0
    for name in ("law_parameter", "unit_year", "electricity_coefficient", "water_norm"):
        assert conn.scalar(text(f"select count(*) from gis.{name}")) == 0, name
    assert done.records["permit"] > 0


def test_a_well_sealed_by_hand_is_sealed_since_the_day_it_was(conn, hamlet):
    load(conn, hamlet)
    since = conn.scalar(
        text(
            "select s.from_on from gis.well_state s join gis.well w using (well_id)"
            " where w.code = 'SL-YQ06-1'"
        )
    )
    assert since == hamlet.states["SL-YQ06-1"] > date(2020, 1, 1)
