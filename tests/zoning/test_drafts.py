"""A run's zones are drafts like any other: by the same door, edited, approved, undone, compared."""

import json
from datetime import date

import numpy as np
import pytest
import shapely
from sqlalchemy import text

from gis_app import registry
from gis_app.errors import NotFound
from gis_app.intake import batch
from gis_app.intake.batch import Desk
from gis_app.intake.versions import Step, lead
from gis_app.store import zoning as runs
from gis_app.store.engine import reading, writing
from gis_app.zoning import drafts, plan
from gis_app.zoning.drafts import Wish
from tests.world import add_zone
from tests.zoning import worked

AREA = "140302"
LAW = registry.load()


@pytest.fixture
def desk(fresh_database, tmp_path):
    """A register with one district, the three-by-three area."""
    with writing(fresh_database, "test") as conn:
        add_zone(conn, "district", worked.AREA, name="示例区", area_code=AREA)
    return Desk(engine=fresh_database, registry=LAW, uploads=tmp_path / "up", actor="planner")


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "plan"
    found.mkdir()
    return found


def planned(folder):
    """The plan, with the load as a raster: one file less to be read in the sandbox."""
    told = worked.files(folder) | {"area": AREA}
    worked.tif(folder / "load.tif", worked.LOAD)
    return told | {"load": {"raster": "load.tif"}}


def run(desk, folder, target, wish=Wish(), **changes):  # noqa: B008
    told = planned(folder) | changes
    change = folder / "D.npy"
    if change.exists():
        worked.tif(folder / "D.tif", np.load(change), unit="m")
    return drafts.run(desk, drafts.asked(desk.engine, plan.of(told), folder), target, wish)


def zones(desk):
    with desk.engine.connect() as conn:
        return conn.execute(
            text("select zone_id, grade, name, law_status, source, attrs, area_code, recorded_by,"
                 " boundary_accuracy_m, st_area(geom::geography) as m2, st_astext(geom) as wkt"
                 " from gis.zone where layer = 'pollution_priority_zone' order by zone_id")
        ).all()  # fmt: skip


def test_every_patch_becomes_a_draft_with_the_run_as_its_source(desk, folder, tmp_path):
    done = run(desk, folder, tmp_path / "out")
    made = zones(desk)
    # two cells of protection; the first class in two pieces, the second in one
    assert [each.grade for each in made] == [
        "protect", "protect", "control_1", "control_1", "control_2"
    ]  # fmt: skip
    assert {each.law_status for each in made} == {"draft"}
    assert {each.recorded_by for each in made} == {"planner"}
    assert {each.area_code for each in made} == {AREA}
    assert {each.boundary_accuracy_m for each in made} == {100}
    assert all(done.computed.digest[:12] in each.source for each in made)
    assert "非官方" in made[0].attrs["method"]
    for each, cells in zip(made, (1, 1, 2, 1, 2), strict=True):
        assert each.m2 == pytest.approx(cells * 1e4, rel=1e-3)


def test_the_run_is_kept_with_what_it_was_made_of(desk, folder, tmp_path):
    done = run(desk, folder, tmp_path / "out")
    with reading(desk.engine) as conn:
        row = runs.get(conn, done.run_id)
        assert [each["zoning_run_id"] for each in runs.recent(conn)] == [done.run_id]
        with pytest.raises(NotFound):
            runs.get(conn, done.run_id + 1)
    assert row["state"] == "committed"
    assert row["lineage"] == done.computed.lineage
    assert row["summary"]["km2"]["control, first class"] == pytest.approx(0.03)
    assert (row["digest"], row["actor"]) == (done.computed.digest, "planner")
    assert json.loads((tmp_path / "out" / "zones.geojson").read_text())["lineage"] == row["lineage"]


def test_a_draft_goes_into_force_like_any_other_and_not_by_its_author(desk, folder, tmp_path):
    run(desk, folder, tmp_path / "out")
    (zone, layer) = zones(desk)[0], LAW.layer("pollution_priority_zone")
    with writing(desk.engine, "planner") as conn:
        lead(conn, LAW, layer, (zone.zone_id, 1), Step("submit", None))
    with writing(desk.engine, "approver") as conn:
        lead(conn, LAW, layer, (zone.zone_id, 1), Step("approve", date(2026, 1, 1)))
    assert zones(desk)[0].law_status == "approved"


def test_the_same_inputs_again_write_nothing(desk, folder, tmp_path):
    first = run(desk, folder, tmp_path / "one")
    before = zones(desk)
    again = run(desk, folder, tmp_path / "two")
    assert again.unchanged
    assert (again.run_id, again.batch_id) == (first.run_id, first.batch_id)
    assert again.computed.folder == tmp_path / "one"
    assert not (tmp_path / "two").exists()
    assert zones(desk) == before


def changed(folder):
    """One cell deeper: (0, 1) leaves the first class, its index falls from 176 to 151."""
    deeper = np.array(worked.D)
    deeper[0, 1] = 25
    np.save(folder / "D.npy", deeper)


def test_a_rerun_tells_what_ground_enters_and_leaves_each_class(desk, folder, tmp_path):
    first = run(desk, folder, tmp_path / "one")
    changed(folder)
    second = run(desk, folder, tmp_path / "two")
    assert second.former_id == first.run_id
    by_grade = {row["grade"]: row for row in second.difference}
    # V 4 → 3 and P 4: risk stays 4; F 3: 12. The class of that cell stays, so nothing moves
    assert second.computed.cells == first.computed.cells
    assert all(row["entering_m2"] < 1 > row["leaving_m2"] for row in by_grade.values())


def test_a_rerun_with_another_function_value_moves_a_cell_between_classes(desk, folder, tmp_path):
    run(desk, folder, tmp_path / "one")
    # quality 3 → 1 in (0, 2): value 2, F 1, score 3: from the second class to general
    told = planned(folder)
    worked.tif(folder / "quality2.tif", [[5, 4, 1], [2, 5, 3], [4, 2, 1]])
    told["quality"] = {"raster": "quality2.tif"}
    wanted = drafts.asked(desk.engine, plan.of(told), folder)
    second = drafts.run(desk, wanted, tmp_path / "two", Wish(replace=True))
    row = {each["grade"]: each for each in second.difference}["control_2"]
    assert row["former_m2"] - row["now_m2"] == pytest.approx(1e4, rel=1e-3)
    assert row["leaving_m2"] == pytest.approx(1e4, rel=1e-3)
    assert row["entering_m2"] < 1
    shape = json.loads((tmp_path / "two" / "difference.geojson").read_text())["features"][0]
    assert shape["properties"] == {"grade": "control_2", "way": "leaving"}
    cell = worked.cell(0, 2)
    gone = shapely.geometry.shape(shape["geometry"])
    assert gone.symmetric_difference(cell).area < 1e-3 * cell.area
    # `replace`: the first run's drafts, which nobody has changed, are gone
    assert len(zones(desk)) == 5
    assert {each.source for each in zones(desk)} == {zones(desk)[0].source}


def test_drafts_that_somebody_has_changed_are_not_taken_back(desk, folder, tmp_path):
    run(desk, folder, tmp_path / "one")
    zone = zones(desk)[0]
    with writing(desk.engine, "other") as conn:
        conn.execute(text("update gis.zone set name = '改过' where zone_id = :z"),
                     {"z": zone.zone_id})  # fmt: skip
    second = run(desk, folder, tmp_path / "two", Wish(replace=True), min_area_m2=1)
    assert "former_kept" in {each.code for each in second.notices}
    assert "改过" in {each.name for each in zones(desk)}
    assert len(zones(desk)) == 10


def test_undoing_the_batch_takes_the_drafts_back_and_the_run_says_so(desk, folder, tmp_path):
    done = run(desk, folder, tmp_path / "one")
    batch.undo(desk, done.batch_id)
    assert zones(desk) == []
    with reading(desk.engine) as conn:
        assert runs.get(conn, done.run_id)["state"] == "undone"
        assert runs.standing(conn, "示例三乘三", AREA) is None
    again = run(desk, folder, tmp_path / "two")
    assert not again.unchanged
    assert len(zones(desk)) == 5


def test_without_drafting_only_the_run_and_its_files_are_kept(desk, folder, tmp_path):
    done = run(desk, folder, tmp_path / "out", Wish(draft=False))
    assert (zones(desk), done.batch_id) == ([], None)
    assert (tmp_path / "out" / "zones.tif").exists()


def test_protection_areas_in_force_count_where_the_plan_wants_them(desk, folder, tmp_path):
    with writing(desk.engine, "test") as conn:
        for grade, status, cell in (("level_2", "approved", (2, 2)), ("level_1", "draft", (1, 1))):
            add_zone(conn, "source_protection_zone", worked.cell(*cell), grade=grade,
                     law_status=status, area_code=AREA)  # fmt: skip
        add_zone(conn, "recharge_area", worked.cell(1, 2), area_code=AREA)
    done = run(desk, folder, tmp_path / "out", Wish(draft=False), registered=True)
    assert done.computed.cells == {0: 1, 1: 3, 2: 1, 11: 1, 12: 1, 13: 1, 14: 1}
    assert len(done.computed.lineage["registered"]) == 2


def test_an_area_that_no_district_has_is_named(desk, folder):
    with pytest.raises(NotFound, match="9999"):
        drafts.asked(desk.engine, plan.of(worked.files(folder) | {"area": "9999"}), folder)


def test_only_who_sees_drafts_sees_the_runs_they_came_from(desk, folder, tmp_path):
    from gis_app.rights import Caller, Grant, Role
    from gis_app.store.engine import seeing

    run(desk, folder, tmp_path / "out")

    def seen(*grants):
        with seeing(desk.engine, Caller("x", grants)) as conn:
            return len(runs.recent(conn))

    assert seen(Grant(Role.PLANNER, AREA)) == seen(Grant(Role.APPROVER)) == 1
    assert seen(Grant(Role.PLANNER, "140303")) == seen(Grant(Role.INSPECTOR)) == 0


def test_where_no_zone_comes_about_it_is_said(desk, folder, tmp_path):
    planned(folder)
    worked.tif(folder / "none.tif", np.zeros((3, 3)))
    done = run(desk, folder, tmp_path / "out", load={"raster": "none.tif"}, protection=[],
               quality={"constant": 1}, **{"yield": {"constant": 1}})  # fmt: skip
    assert "none_drafted" in {each.code for each in done.notices}
    assert (zones(desk), done.batch_id) == ([], None)
