"""A batch is previewed, committed in one transaction, skipped, undone whole, recognised."""

import json
from pathlib import Path

import geopandas
import openpyxl
import pandas as pd
import pytest
import shapely

from gis_app.errors import BadInput, Conflict, Refused
from gis_app.intake import batch as journey
from gis_app.intake.batch import Desk
from gis_app.intake.options import ImportOptions
from tests.intake.brought import BAD, GOOD, HEADER, WELLS, brought, rows, wells, zone_file, zones


def test_a_preview_writes_nothing_and_a_commit_writes_all(desk: Desk, csv_file) -> None:
    preview = journey.preview(desk, csv_file(HEADER, *GOOD), WELLS)
    assert (preview.state, preview.report["rows"], preview.report["new"]) == ("preview", 3, 3)
    assert wells(desk.engine) == []
    done = journey.commit(desk, preview.batch_id)
    assert (done.state, done.report["inserted"]) == ("committed", 3)
    found = rows(
        desk.engine,
        "select w.code, w.status, w.depth_m, p.name, st_x(w.geom) from gis.well w "
        "join gis.party p on p.party_id = w.owner_id order by w.code",
    )
    assert found == [
        ("W1", "active", 80.0, "示例厂", 113.580001),
        ("W2", "paused", None, "示例厂", 113.580101),
        ("W3", None, 120.0, "示例校", 113.580201),
    ]
    history = "select distinct actor, reason, batch_id, op from gis.change"
    assert rows(desk.engine, history) == [("tester", "test", done.batch_id, "insert")]


def test_a_refused_row_holds_the_batch_unless_it_is_skipped(desk: Desk, csv_file) -> None:
    preview = journey.preview(desk, csv_file(HEADER, *GOOD, BAD), WELLS)
    assert preview.refused == 1
    with pytest.raises(Refused, match="--skip-refused") as refused:
        journey.commit(desk, preview.batch_id)
    assert [(p.row, p.column, p.label) for p in refused.value.problems] == [(4, "应用状况", "W4")]
    assert wells(desk.engine) == []
    assert journey.commit(desk, preview.batch_id, skip_refused=True).report["inserted"] == 3


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".gpkg"])
def test_refused_rows_come_back_with_all_columns_and_a_reason(
    desk: Desk, csv_file, tmp_path: Path, suffix: str
) -> None:
    preview = journey.preview(desk, csv_file(HEADER, *GOOD, BAD), WELLS)
    out = tmp_path / f"refused{suffix}"
    assert journey.refused_rows(desk, preview.batch_id, out) == 1
    if suffix == ".gpkg":
        back = pd.DataFrame(geopandas.read_file(out))
    else:
        back = (
            pd.read_csv(out, dtype=str)
            if suffix == ".csv"
            else pd.read_excel(out, dtype=str, engine="calamine")
        )
    assert set(HEADER.split(",")) < set(back.columns)
    row = back.iloc[0]
    assert row["水井编号"] == "W4"
    assert "半开" in row["拒绝原因"]
    assert "vocabulary" in row["reason"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_is_handed_back_neither_runs_nor_stops_a_spreadsheet(
    desk: Desk, csv_file, tmp_path: Path, suffix: str
) -> None:
    row = BAD.split(",")
    row[0] = "W4\x0b"
    said = [f"{HEADER},备注,=说明", *(f"{each},,," for each in GOOD)]
    said.append(",".join([*row, '"=HYPERLINK(""http://x"")"', "+cmd"]))
    preview = journey.preview(desk, csv_file(*said), WELLS)
    out = tmp_path / f"refused{suffix}"
    assert journey.refused_rows(desk, preview.batch_id, out) == 1
    if suffix == ".csv":
        assert "'=HYPERLINK" in out.read_text("utf-8-sig")
        assert "'+cmd" in out.read_text("utf-8-sig")
        assert "'=说明" in out.read_text("utf-8-sig").splitlines()[0]
        return
    cells = [cell for row in openpyxl.load_workbook(out).active for cell in row]
    assert '=HYPERLINK("http://x")' in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells if str(cell.value)[0] in "=+"} == {"s"}


def test_refused_shapes_come_back_as_shapes(desk: Desk, tmp_path: Path) -> None:
    bow_tie = shapely.Polygon([(113, 37), (114, 38), (114, 37), (113, 38)])
    source = tmp_path / "zones.gpkg"
    geopandas.GeoDataFrame({"name": ["甲"]}, geometry=[bow_tie], crs=4490).to_file(source)
    preview = journey.preview(desk, source, ImportOptions(layer="prohibited_zone"))
    out = tmp_path / "refused.gpkg"
    assert journey.refused_rows(desk, preview.batch_id, out) == 1
    assert geopandas.read_file(out).geometry.iloc[0].equals_exact(bow_tie, 0)
    with pytest.raises(BadInput, match=r"\.csv"):
        journey.refused_rows(desk, preview.batch_id, tmp_path / "refused.doc")


def test_registered_wells_are_refused_unless_they_are_refreshed(desk: Desk, csv_file) -> None:
    brought(desk, csv_file(HEADER, *GOOD))
    again = csv_file(HEADER, GOOD[0].replace("80", "81"), BAD.replace("半开", "在用"), name="b.csv")
    preview = journey.preview(desk, again, WELLS)
    problem = next(
        p for p in journey.problems(desk.engine, preview.batch_id) if p.level == "refuse"
    )
    assert (problem.code, problem.value) == ("already_registered", "W1")
    assert "--update code" in problem.zh
    refreshed = journey.preview(desk, again, ImportOptions(layer="well", update="code"))
    assert (refreshed.report["known"], refreshed.report["new"]) == (1, 1)


def test_a_refresh_changes_only_the_columns_it_has_and_a_blank_changes_nothing(
    desk: Desk, csv_file
) -> None:
    brought(desk, csv_file(HEADER, *GOOD))
    before = wells(desk.engine)
    fresh = csv_file("水井编号,井深（米）,应用状况", "W1,,已封存", "W2,60,", name="fresh.csv")
    done = brought(desk, fresh, ImportOptions(layer="well", update="code"))
    assert (done.report["changed"], done.report["inserted"]) == (2, 0)
    found = rows(desk.engine, "select code, status, depth_m, name from gis.well order by code")
    assert found == [
        ("W1", "sealed", 80.0, "一号井"),
        ("W2", "paused", 60.0, "二号井"),
        ("W3", None, 120.0, "三号井"),
    ]
    journey.undo(desk, done.batch_id)
    assert wells(desk.engine) == before


def test_a_file_that_does_not_name_an_owners_number_leaves_the_owner_as_he_is(
    desk: Desk, csv_file
) -> None:
    numbered = HEADER + ",统一社会信用代码"
    brought(desk, csv_file(numbered, f"{GOOD[0]},91140300MA0GXXXX3L", f"{GOOD[2]},"))
    owned = "select w.code, p.* from gis.well w join gis.party p on p.party_id = w.owner_id"
    before = rows(desk.engine, f"{owned} order by 1")
    refresh = ImportOptions(layer="well", update="code")
    again = brought(desk, csv_file(HEADER, GOOD[0], GOOD[2], name="again.csv"), refresh)
    assert again.report["changed"] == 0
    assert rows(desk.engine, f"{owned} order by 1") == before
    other = GOOD[0].replace("示例厂", "示例新厂")
    brought(desk, csv_file(HEADER, other, name="sold.csv"), refresh)
    sold = "select p.name, p.uscc from gis.party p join gis.well w on w.owner_id = p.party_id"
    assert rows(desk.engine, f"{sold} where w.code = 'W1'") == [("示例新厂", None)]


def test_a_register_that_changed_since_the_preview_is_a_conflict(desk: Desk, csv_file) -> None:
    preview = journey.preview(desk, csv_file(HEADER, *GOOD), WELLS)
    brought(desk, csv_file(HEADER, GOOD[0], name="quick.csv"))
    with pytest.raises(Conflict, match="Preview again"):
        journey.commit(desk, preview.batch_id)
    assert len(wells(desk.engine)) == 1


def test_a_discarded_batch_cannot_be_committed_and_leaves_no_file(
    desk: Desk, csv_file, tmp_path: Path
) -> None:
    preview = journey.preview(desk, csv_file(HEADER, *GOOD, BAD), WELLS)
    assert desk.refused(preview.batch_id).exists()
    assert journey.discard(desk, preview.batch_id).state == "discarded"
    with pytest.raises(Conflict):
        journey.commit(desk, preview.batch_id)
    assert list(desk.uploads.iterdir()) == []
    with pytest.raises(Conflict, match="import the file again"):  # not: none was refused
        journey.refused_rows(desk, preview.batch_id, tmp_path / "refused.csv")


def test_the_refused_rows_of_a_committed_batch_can_still_be_had(
    desk: Desk, csv_file, tmp_path: Path
) -> None:
    preview = journey.preview(desk, csv_file(HEADER, *GOOD, BAD), WELLS)
    journey.commit(desk, preview.batch_id, skip_refused=True)
    assert journey.refused_rows(desk, preview.batch_id, tmp_path / "refused.csv") == 1
    assert [file.name for file in desk.uploads.iterdir()] == [f"{preview.batch_id}.refused.parquet"]


def test_a_fault_of_the_file_cannot_be_skipped(desk: Desk, csv_file) -> None:
    preview = journey.preview(desk, csv_file("名称,经度,纬度", "甲,113.58001,37.86001"), WELLS)
    with pytest.raises(Refused, match="as a whole"):
        journey.commit(desk, preview.batch_id, skip_refused=True)


def test_duplicates_in_the_file_are_refused_for_wells(desk: Desk, csv_file) -> None:
    preview = journey.preview(desk, csv_file(HEADER, GOOD[0], GOOD[0], GOOD[1]), WELLS)
    groups = {(g["code"], g["level"]): g["rows"] for g in preview.report["problems"]}
    assert groups["duplicate_in_file", "refuse"] == 2
    assert groups["same_place", "warn"] == 2


def test_zones_with_a_day_are_law_and_without_one_drafts(desk: Desk, tmp_path: Path) -> None:
    path = zone_file(
        tmp_path, 名称=["甲", "乙"], 生效日期=["2020-01-01", None], 供水能力=[12.5, None]
    )
    brought(desk, path, ImportOptions(layer="public_supply_coverage"))
    found = [(n, s, d, json.loads(str(a))) for n, s, d, a in zones(desk.engine)]
    assert found == [
        ("乙", "draft", None, {}),
        ("甲", "approved", "2020-01-01", {"capacity_m3d": 12.5}),
    ]


def test_in_force_means_approved_and_needs_a_day(desk: Desk, tmp_path: Path) -> None:
    path = zone_file(tmp_path, name=["甲", "乙"], law_status=["in_force", "草案"])
    preview = journey.preview(desk, path, ImportOptions(layer="recharge_area"))
    refused = [p for p in journey.problems(desk.engine, preview.batch_id) if p.level == "refuse"]
    assert [(p.code, p.label) for p in refused] == [("required_missing", "甲")]


def test_a_forbidden_overlap_with_the_register_is_refused_and_a_warned_one_is_not(
    desk: Desk, tmp_path: Path
) -> None:
    brought(desk, zone_file(tmp_path), ImportOptions(layer="restricted_zone"))
    other = zone_file(tmp_path, "other", name=["丙", "丁"])
    forbidden = journey.preview(desk, other, ImportOptions(layer="prohibited_zone"))
    found = [p for p in journey.problems(desk.engine, forbidden.batch_id) if p.code == "overlap"]
    assert {(p.level, p.label, p.value) for p in found} == {
        ("refuse", "丙", "甲"),
        ("refuse", "丁", "乙"),
    }
    warned = journey.preview(desk, other, ImportOptions(layer="restricted_zone"))
    found = [p for p in journey.problems(desk.engine, warned.batch_id) if p.code == "overlap"]
    assert {p.level for p in found} <= {"warn"}


def test_a_forbidden_zone_drawn_since_the_preview_is_a_conflict(desk: Desk, tmp_path: Path) -> None:
    late = zone_file(tmp_path, "late", name=["丙", "丁"])
    preview = journey.preview(desk, late, ImportOptions(layer="prohibited_zone"))
    brought(desk, zone_file(tmp_path), ImportOptions(layer="restricted_zone"))
    with pytest.raises(Conflict, match="甲"):
        journey.commit(desk, preview.batch_id)


def test_repeated_zone_codes_are_a_warning(desk: Desk, tmp_path: Path) -> None:
    path = zone_file(tmp_path, name=["甲", "乙"], fed_id=["K1", "K1"])
    done = brought(desk, path, ImportOptions(layer="recharge_area"))
    groups = {(g["code"], g["level"]) for g in done.report["problems"]}
    assert ("duplicate_in_file", "warn") in groups
    with pytest.raises(BadInput, match="--update"):
        journey.preview(desk, path, ImportOptions(layer="recharge_area", update="code"))


def test_a_vertex_table_becomes_zones(desk: Desk, csv_file) -> None:
    corners = ["甲,1,113°30′0″,37°50′0″", "甲,3,113°33′0″,37°53′0″", "甲,2,113°33′0″,37°50′0″"]
    path = csv_file("区名,拐点序号,东经,北纬", *corners, name="corners.csv")
    brought(desk, path, ImportOptions(layer="source_protection_zone"))
    found = rows(desk.engine, "select name, st_astext(geom, 4) from gis.zone")
    ring = "113.5 37.8333,113.55 37.8333,113.55 37.8833,113.5 37.8333"
    assert found == [("甲", f"MULTIPOLYGON((({ring})))")]


def test_the_progress_is_told(desk: Desk, csv_file) -> None:
    from dataclasses import replace

    seen: list[float] = []
    told = replace(desk, progress=lambda zh, en, fraction: seen.append(fraction))
    brought(told, csv_file(HEADER, *GOOD))
    assert seen[0] == 0.0
    assert seen.count(1.0) == 2


def test_a_zone_that_is_law_already_under_its_name_on_its_ground_is_refused(
    desk: Desk, tmp_path: Path
) -> None:
    law = {"valid_from": ["2020-01-01"] * 2, "law_status": ["approved"] * 2}
    path = zone_file(tmp_path, name=["甲", "乙"], **law)
    for layer in ("recharge_area", "overdraft_zone"):  # of which one may lie over itself
        options = ImportOptions(
            layer=layer, constants={"grade": "general"} if "_z" in layer else {}
        )
        brought(desk, path, options)
        again = zone_file(tmp_path, "again", name=["甲", "丙"], **law)
        preview = journey.preview(desk, again, options)
        told = journey.problems(desk.engine, preview.batch_id)
        twins = [(p.row, p.level) for p in told if p.code == "registered_on_this_ground"]
        assert twins == [(1, "refuse")]
