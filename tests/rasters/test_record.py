"""What is put on record holds from its day; nothing of it is ever changed."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from gis_app.errors import BadInput, Forbidden, IllegalTransition, InForce, NotFound, Refused
from gis_app.rasters import record
from gis_app.rasters.record import Asked, Desk
from gis_app.rights import Caller, Grant, Role
from gis_app.store import rasters
from gis_app.store.engine import reading, seeing, writing
from tests.rasters import made
from tests.rasters.conftest import LAW


@pytest.fixture
def desk(fresh_database, tmp_path):
    return Desk(
        engine=fresh_database, registry=LAW, shelf=record.shelf(tmp_path), actor="test",
        reason="示例",
    )  # fmt: skip


def brought(desk, tmp_path, low, since, **more):
    path = made.write(tmp_path / f"{low}.tif", made.slope(low=low), unit="m")
    asked = Asked(layer="depth_to_water", valid_from=since, **more)
    return record.add(desk, path, asked).row["raster_id"]


def holding(desk, on):
    with reading(desk.engine) as conn:
        return [row["raster_id"] for row in rasters.holding(conn, "depth_to_water", on)]


def test_a_new_one_supersedes_from_its_day_and_the_old_one_is_that_of_the_days_before(
    desk, tmp_path
):
    old = brought(desk, tmp_path, 10, date(2020, 1, 1))
    new = brought(desk, tmp_path, 20, date(2024, 1, 1))
    assert holding(desk, date(2019, 12, 31)) == []
    assert holding(desk, date(2023, 12, 31)) == [old]
    assert holding(desk, date(2024, 1, 1)) == [new]
    with reading(desk.engine) as conn:
        assert [row["raster_id"] for row in rasters.history(conn)] == [new, old]


def test_one_taken_back_gives_way_to_the_one_before_and_one_ended_does_not(desk, tmp_path):
    old = brought(desk, tmp_path, 10, date(2020, 1, 1))
    wrong = brought(desk, tmp_path, 20, date(2024, 1, 1))
    record.withdraw(desk, wrong)
    assert holding(desk, date(2024, 6, 1)) == [old]
    with pytest.raises(IllegalTransition, match="taken back"):
        record.withdraw(desk, wrong)
    new = brought(desk, tmp_path, 30, date(2024, 1, 1))
    with pytest.raises(BadInput, match="2024-01-01"):
        record.end(desk, new, date(2024, 1, 1))
    record.end(desk, new, date(2025, 1, 1))
    assert holding(desk, date(2024, 12, 31)) == [new]
    assert holding(desk, date(2025, 1, 1)) == []


def test_one_that_ended_in_the_past_is_not_revived(desk, tmp_path):
    number = brought(desk, tmp_path, 10, date(2020, 1, 1))
    record.end(desk, number, date(2999, 1, 1))
    record.end(desk, number, date(2021, 1, 1))  # a day to come may still be another
    with pytest.raises(InForce, match="2021-01-01"):
        record.end(desk, number, date(2999, 1, 1))
    with pytest.raises(InForce):
        record.end(desk, number, date(2020, 6, 1))


def test_no_audit_has_to_ask_anything_anew_for_a_raster(desk, tmp_path):
    with desk.engine.begin() as conn:
        conn.execute(text("delete from gis.unaudited"))
    record.withdraw(desk, brought(desk, tmp_path, 10, date(2020, 1, 1)))
    with desk.engine.connect() as conn:
        assert conn.execute(text("select count(*) from gis.unaudited")).scalar() == 0


def test_areas_have_rasters_of_their_own_and_the_narrower_goes_first(desk, tmp_path):
    whole = brought(desk, tmp_path, 10, date(2020, 1, 1))
    county = brought(desk, tmp_path, 20, date(2019, 1, 1), area="140302")
    assert holding(desk, date(2024, 1, 1)) == [county, whole]


def test_the_same_file_is_not_put_on_record_twice_and_lies_on_the_shelf_once(desk, tmp_path):
    first = brought(desk, tmp_path, 10, date(2020, 1, 1))
    with pytest.raises(Refused, match=f"raster remove {first}"):
        brought(desk, tmp_path, 10, date(2021, 1, 1))
    record.withdraw(desk, first)
    brought(desk, tmp_path, 10, date(2021, 1, 1))
    assert len(list(desk.shelf.folder.glob("??/*.tif"))) == 2
    assert list((desk.shelf.folder / "making").iterdir()) == []


def test_what_is_refused_leaves_nothing_behind(desk, tmp_path):
    path = made.write(tmp_path / "x.tif", made.slope(low=1e6), unit="m")
    with pytest.raises(Refused):
        record.add(desk, path, Asked(layer="埋深"))
    assert list(desk.shelf.folder.glob("??/*.tif")) == []
    assert list((desk.shelf.folder / "making").iterdir()) == []
    with pytest.raises(NotFound, match="ground_height"):
        record.add(desk, path, Asked(layer="no such"))
    with pytest.raises(BadInput, match="2 至 12 位"):
        record.add(desk, path, Asked(layer="埋深", area="county"))


def test_a_row_is_written_once_and_its_history_is_kept(desk, tmp_path):
    number = brought(desk, tmp_path, 10, date(2020, 1, 1))
    with pytest.raises(InForce, match="on record"), writing(desk.engine, "test") as conn:
        conn.execute(text("update gis.raster set valid_from = '2019-01-01'"))
    with pytest.raises(InForce, match="on record"), writing(desk.engine, "test") as conn:
        conn.execute(text("delete from gis.raster"))
    record.withdraw(desk, number)
    with desk.engine.connect() as conn:
        told = conn.execute(text(
            "select op, actor, reason, new ->> 'withdrawn_why' from gis.change"
            " where table_name = 'raster' order by change_id")).all()  # fmt: skip
        assert [tuple(each) for each in told] == [
            ("insert", "test", "示例", None), ("update", "test", "示例", "示例")]  # fmt: skip
        changes = "select sum(changes) from gis.layer_version where layer = 'raster'"
        assert conn.execute(text(changes)).scalar() == 2


@pytest.mark.parametrize(
    ("role", "area", "may"),
    [(Role.ANALYST, "1403", True), (Role.APPROVER, "140302", True), (Role.ANALYST, "1405", False),
     (Role.PLANNER, "1403", False), (Role.VIEWER, "", False)],
)  # fmt: skip
def test_who_may_put_on_record_is_told_by_role_and_area(desk, tmp_path, role, area, may):
    import dataclasses

    who = dataclasses.replace(desk, actor=Caller("x", (Grant(role, area),)))
    if may:
        brought(who, tmp_path, 10, None, area="140302")
    else:
        with pytest.raises(Forbidden):
            brought(who, tmp_path, 10, None, area="140302")
    with pytest.raises(Forbidden):  # for no one's area the right is needed everywhere
        brought(who, tmp_path, 11, None)


def test_the_database_refuses_it_too(desk, tmp_path):
    number = brought(desk, tmp_path, 10, date(2020, 1, 1), area="140302")
    planner = Caller("x", (Grant(Role.PLANNER, ""),))
    with pytest.raises(Forbidden, match="140302"), writing(desk.engine, planner, "x") as conn:
        rasters.withdraw(conn, number, "x")


def test_what_was_taken_back_is_seen_by_who_sees_drafts_only(desk, tmp_path):
    number = brought(desk, tmp_path, 10, date(2020, 1, 1), area="140302")
    record.withdraw(desk, number)
    for who, seen in ((Caller(), 0), (Caller("v", (Grant(Role.VIEWER, ""),)), 0),
                      (Caller("p", (Grant(Role.PLANNER, "1403"),)), 1)):  # fmt: skip
        with seeing(desk.engine, who) as conn:
            assert len(rasters.history(conn)) == seen
    with seeing(desk.engine, Caller()) as conn, pytest.raises(DBAPIError):
        conn.execute(text("delete from gis.raster"))
