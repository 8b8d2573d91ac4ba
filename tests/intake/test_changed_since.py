"""What somebody has changed since a preview is not overwritten by its commit."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, text

from gis_app import audit
from gis_app.errors import Conflict
from gis_app.intake import batch as journey
from gis_app.intake.batch import Desk
from gis_app.intake.options import ImportOptions
from gis_app.store.engine import writing
from tests.intake.brought import GOOD, HEADER, brought, rows, wells
from tests.intake.rooms import two_wells
from tests.world import add_well, add_zone, square

REFRESH = ImportOptions(layer="well", update="code")
DEPTHS = "select code, depth_m from gis.well order by code"


def deepen(conn: Connection, code: str, depth: int) -> None:
    conn.execute(text("update gis.well set depth_m = :d where code = :c"), {"d": depth, "c": code})


@pytest.fixture
def fresh(desk: Desk, csv_file) -> Any:
    """A sheet that refreshes the depth of W1 and W2, both registered."""
    brought(desk, csv_file(HEADER, *GOOD))
    return csv_file("水井编号,井深（米）", "W1,90", "W2,60", name="fresh.csv")


def test_a_well_changed_since_the_preview_is_a_conflict_and_a_new_preview_commits(
    desk: Desk, fresh
) -> None:
    preview = journey.preview(desk, fresh, REFRESH)
    with writing(desk.engine, "inspector") as conn:
        deepen(conn, "W1", 85)
    before = wells(desk.engine)
    with pytest.raises(Conflict, match=r"inspector.*（W1）.*重新预览") as told:
        journey.commit(desk, preview.batch_id)
    assert "by inspector (W1); nothing was written. Preview the file again." in told.value.en
    assert wells(desk.engine) == before
    assert journey.get(desk.engine, preview.batch_id).state == "preview"
    brought(desk, fresh, REFRESH)
    assert rows(desk.engine, DEPTHS) == [("W1", 90.0), ("W2", 60.0), ("W3", 120.0)]


def test_a_change_that_was_under_way_at_the_preview_is_one_since(desk: Desk, fresh) -> None:
    with writing(desk.engine, "inspector") as conn:
        deepen(conn, "W1", 85)
        preview = journey.preview(desk, fresh, REFRESH)
    with pytest.raises(Conflict, match="W1"):
        journey.commit(desk, preview.batch_id)


def test_changes_before_the_preview_or_of_other_wells_are_no_conflict(desk: Desk, fresh) -> None:
    with writing(desk.engine, "inspector") as conn:
        deepen(conn, "W1", 85)
    preview = journey.preview(desk, fresh, REFRESH)
    with writing(desk.engine, "inspector") as conn:
        deepen(conn, "W3", 125)
    assert journey.commit(desk, preview.batch_id).report["changed"] == 2


def test_what_came_or_went_since_the_preview_is_a_conflict(desk: Desk, fresh, csv_file) -> None:
    line = "W4,四号井,示例厂,113.580301,37.860301,在用,80"
    new = journey.preview(desk, csv_file(HEADER, line, name="new.csv"), REFRESH)
    gone = journey.preview(desk, fresh, REFRESH)
    with writing(desk.engine, "inspector") as conn:
        add_well(conn, "W4", 0, 0)
        conn.execute(text("delete from gis.well where code = 'W2'"))
    for preview, code in ((new, "W4"), (gone, "W2")):
        with pytest.raises(Conflict, match=f"inspector.*（{code}）"):
            journey.commit(desk, preview.batch_id)


def test_ten_of_many_are_named(desk: Desk, csv_file) -> None:
    with writing(desk.engine, "test") as conn:
        for n in range(12):
            add_well(conn, f"N{n:02}", 0, n * 50)
    lines = [f"N{n:02},60" for n in range(12)]
    preview = journey.preview(desk, csv_file("水井编号,井深（米）", *lines), REFRESH)
    with writing(desk.engine, "inspector") as conn:
        conn.execute(text("update gis.well set depth_m = 70"))
    with pytest.raises(Conflict, match=r"12 条记录.*N09 …") as told:
        journey.commit(desk, preview.batch_id)
    assert "N10" not in str(told.value)


def test_an_audits_flag_and_settling_are_no_change_of_a_well(desk: Desk, fresh, registry) -> None:
    preview = journey.preview(desk, fresh, REFRESH)
    with writing(desk.engine, "planner") as conn:
        add_zone(conn, "public_supply_coverage", square(-5000, -5000, 10_000))
        conn.execute(text("select gis.settle_wells(array_agg(well_id)) from gis.well"))
    audit.run(desk.engine, registry, audit.Scope(date(2024, 6, 30)), actor="auditor")
    assert rows(desk.engine, "select count(*) from gis.well_flag") == [(3,)]
    assert journey.commit(desk, preview.batch_id).report["changed"] == 2


def test_a_row_of_a_register_changed_since_the_preview_is_a_conflict(desk: Desk, csv_file) -> None:
    two_wells(desk)
    options = ImportOptions(layer="meter", update="code")
    brought(desk, csv_file("井编号,出厂编号,状态", "W1,S1,在线", "W2,S2,在线"), options)
    sheet = csv_file("井编号,出厂编号,状态", "W1,S1,故障", "W2,S2,在线", name="fresh.csv")
    preview = journey.preview(desk, sheet, options)
    assert journey.commit(desk, preview.batch_id).report["changed"] == 1
    again = csv_file("井编号,出厂编号,状态", "W1,S1,在线", "W2,S2,故障", name="again.csv")
    preview = journey.preview(desk, again, options)
    with writing(desk.engine, "inspector") as conn:
        conn.execute(text("update gis.meter set removed_on = '2024-05-01' where serial = 'S2'"))
    with pytest.raises(Conflict, match=r"inspector.*（W2 S2）"):
        journey.commit(desk, preview.batch_id)
    assert rows(desk.engine, "select serial, state from gis.meter order by 1") == [
        ("S1", "fault"), ("S2", "online"),
    ]  # fmt: skip
    assert brought(desk, again, options).report["changed"] == 2
