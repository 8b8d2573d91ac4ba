"""Every register is imported, refreshed by its key, and undone to the last bit."""

import csv
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from sqlalchemy import Engine, text

from gis_app import registry
from gis_app.errors import Conflict, Refused
from gis_app.intake import batch as journey
from gis_app.intake import preparation, stage
from gis_app.intake import writing as writer
from gis_app.intake.batch import Desk
from gis_app.intake.options import ImportOptions
from gis_app.intake.read import Table
from gis_app.store.engine import writing
from tests.world import add_well

LAW = registry.load()
# header and row of each register, as an office would write them; then the field a refresh changes,
# its header and its new value
ROWS = {
    "permit": (
        "取水许可证编号,变更日期,许可状态,权利人,有效期起,有效期至,许可水量（万立方米）",
        "C140302G2020-0005,2020-03-01,有效,示例厂,2020-03-01,2025-02-28,4.15",
        ("annual_m3", "许可水量（万立方米）", "5", "50000"),
    ),
    "permit_purpose": (
        "证号,用途,许可水量,起,止（含）",
        "C140302G2020-0005,工业,41500,,2025-02-28",
        ("annual_m3", "许可水量", "30000", "30000"),
    ),
    "permit_well": (
        "许可证号,井号,起,止（含）",
        "C140302G2020-0005,W1,2020-03-01,",
        ("to_on", "止（含）", "2025-02-28", "2025-02-28"),
    ),
    "annual_report": (
        "证号,年度,是否报送,报送日期",
        "C140302G2020-0005,2023,已备案,2023-12-20",
        ("filed_on", "报送日期", "2023-12-21", "2023-12-21"),
    ),
    "meter": (
        "井编号,出厂编号,型号,计量状态,安装日期,拆除日期",
        "W1,SN-1,LXS-50,在线,,",
        ("state", "计量状态", "故障", "fault"),
    ),
    "calibration": (
        "井编号,出厂编号,检定日期,有效期至,结果",
        "W1,SN-1,2024-01-10,2026-01-09,合格",
        ("result", "结果", "不合格", "failed"),
    ),
    "withdrawal": (
        "井编号,确定方法,起,止（含）,取水量（万m³）",
        "W1,水表,2023-01-01,2023-12-31,4.15",
        ("m3", "取水量（万m³）", "4.2", "42000"),
    ),
    "electricity_coefficient": (
        "行政区划代码,井编号,以电折水系数（m3/kWh）,误差（%）,起",
        "140302,,3.5,5,2024-01-01",
        ("error_pct", "误差（%）", "8", "8"),
    ),
    "unit_year": (
        "管理单元编号,年度,用水行业,层级,取水总量控制指标（亿立方米）,是否已采取措施",
        "U-1,2024,总量,单元,0.12,否",
        ("measure_taken", "是否已采取措施", "是", "true"),
    ),
    "water_level": (
        "单元编号,监测日期,水位（米）",
        "U-1,2024-06-01,-12.5",
        ("level_m", "水位（米）", "-12.6", "-12.6"),
    ),
    "water_norm": (
        "行政区划代码,产品名称,产品单位,定额值,起",
        "14,电石,吨,1.2,2020-01-01",
        ("m3_per_output", "定额值", "1.1", "1.1"),
    ),
    "water_user": (
        "单位名称,信用代码,年度,年用水量（万立方米）,行业类别,是否设立水务经理",
        "示例厂,,2023,12,,是",
        ("annual_use_m3", "年用水量（万立方米）", "13", "130000"),
    ),
    "exemption_grant": (
        "对象类型,对象编号,豁免情形,起,止（含）",
        "取水井,W1,reopening,2024-01-01,",
        ("until_on", "止（含）", "2024-12-31", "2024-12-31"),
    ),
    "correction_order": (
        "井编号,责令事项,责令日期,期限（含）,文号",
        "W1,封井或者回填,2024-01-01,2024-03-31,示例责令〔2024〕1号",
        ("due_on", "期限（含）", "2024-06-30", "2024-06-30"),
    ),
    "violation": (
        "井编号,违规行为,查实日期,改正日期",
        "W1,{violation},2024-01-01,",
        ("settled_on", "改正日期", "2024-02-01", "2024-02-01"),
    ),
    "document": (
        "文号,标题,发文机关,发文日期",
        "示例发〔2024〕1号,关于示例的批复,示例局,2024-01-01",
        ("issuer", "发文机关", "示例市局", "示例市局"),
    ),
    "screen": (
        "井编号,顶深（米）,底深（米）,含水层,水质类别",
        "W1,40,60,奥陶系灰岩,3",
        ("quality_class", "水质类别", "4", "4"),
    ),
    "application": (
        "申请编号,项目名称,申请类型,申请日期,申请取水量（万立方米）,WKT",
        "SQ-1,示例项目,新建,2024-05-01,4.15,"
        '"POLYGON((113.601 37.901,113.602 37.901,113.602 37.902,113.601 37.901))"',
        ("name", "项目名称", "示例二期", "示例二期"),
    ),
    "site": (
        "项目编号,名称,场地类型,经度,纬度,疏干排水量（万立方米）",
        "CD-1,示例煤矿,矿山,113.600123,37.900456,12",
        ("dewatering_m3", "疏干排水量（万立方米）", "13", "130000"),
    ),
}
EVERY = pytest.mark.parametrize("name", list(ROWS))
VIOLATION = next(iter(LAW.registers["violation"].field_named("kind").choices))


@pytest.fixture
def desk(fresh_database: Engine, tmp_path: Path) -> Desk:
    with writing(fresh_database, "test") as conn:
        add_well(conn, "W1", 0, 0)
    return Desk(engine=fresh_database, registry=LAW, uploads=tmp_path / "up", actor="tester")


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    def make(header: str, *lines: str, name: str = "sheet.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *lines]).format(violation=VIOLATION), "utf-8")
        return path

    return make


def brought(desk: Desk, path: Path, register: str, **options: object) -> journey.Batch:
    preview = journey.preview(desk, path, ImportOptions(layer=register, **options))
    return journey.commit(desk, preview.batch_id)


def table(desk: Desk, register: str) -> list[str]:
    """The rows of a register to the last bit: geometry as hex, instants as they stand."""
    with desk.engine.connect() as conn:
        found = conn.execute(text(f"select t::text from gis.{register} t order by 1"))
        return list(found.scalars())


def test_the_sample_rows_are_of_every_register():
    assert set(ROWS) == set(LAW.registers)


@EVERY
def test_a_row_is_brought_refreshed_by_its_key_and_undone_whole(desk, sheet, name):
    header, line, (field, changed, entry, stored) = ROWS[name]
    first = brought(desk, sheet(header, line), name)
    assert (first.report["inserted"], first.report["refused"]) == (1, 0)
    before = table(desk, name)
    cells = dict(zip(header.split(","), line.split(",", header.count(",")), strict=True))
    fresh = sheet(header, ",".join((cells | {changed: entry}).values()), name="fresh.csv")
    refreshed = brought(desk, fresh, name, update="code")
    assert (refreshed.report["changed"], refreshed.report["inserted"]) == (1, 0)
    with desk.engine.connect() as conn:
        found = conn.execute(text(f"select {field}::text from gis.{name}")).scalars().all()
    assert found == [stored]

    journey.undo(desk, refreshed.batch_id)
    assert table(desk, name) == before
    undone = journey.undo(desk, first.batch_id)
    assert (undone.report["deleted"], undone.report["restored"]) == (1, 0)
    assert table(desk, name) == []


@EVERY
def test_a_registered_key_is_refused_without_update_and_named(desk, sheet, name):
    header, line, _ = ROWS[name]
    brought(desk, sheet(header, line), name)
    again = sheet(header, line, line.replace("2024", "2022"), name="again.csv")
    preview = journey.preview(desk, again, ImportOptions(layer=name))
    found = [p for p in journey.problems(desk.engine, preview.batch_id) if p.row == 1]
    told = next(p for p in found if p.code in {"already_registered", "duplicate_in_file"})
    assert told.level == "refuse"
    assert told.column
    assert told.value
    assert any("--update code" in p.zh for p in found if p.code == "already_registered")


def test_a_blank_changes_nothing_and_new_rows_come_in(desk, sheet):
    header = "证号,变更日期,许可状态,权利人,许可水量"
    brought(desk, sheet(header, "A-1,,有效,示例厂,41500"), "permit")
    fresh = sheet(header, "A-1,,已注销,,", "A-2,,有效,示例校,3000", name="fresh.csv")
    done = brought(desk, fresh, "permit", update="code")
    assert (done.report["changed"], done.report["inserted"]) == (1, 1)
    with desk.engine.connect() as conn:
        rows = conn.execute(text("select number, state, holder, annual_m3 from gis.permit"))
        assert sorted(tuple(r) for r in rows) == [
            ("A-1", "cancelled", "示例厂", 41500.0),
            ("A-2", "issued", "示例校", 3000.0),
        ]


def test_a_blank_in_a_key_is_a_value_of_its_own(desk, sheet):
    header = "证号,变更日期,许可水量"
    done = brought(desk, sheet(header, "A-1,,41500", "A-1,2024-01-01,30000"), "permit")
    assert done.report["inserted"] == 2
    twice = sheet(header, "A-2,,1000", "A-2,,2000", name="twice.csv")
    preview = journey.preview(desk, twice, ImportOptions(layer="permit"))
    codes = {(p.row, p.code) for p in journey.problems(desk.engine, preview.batch_id)}
    assert {(1, "duplicate_in_file"), (2, "duplicate_in_file")} <= codes
    without = sheet("证号,许可水量", "A-1,42000", name="without.csv")
    refreshed = brought(desk, without, "permit", update="code")
    assert refreshed.report["changed"] == 1
    with desk.engine.connect() as conn:
        rows = conn.execute(text("select changed_on::text, annual_m3 from gis.permit order by 2"))
        assert [tuple(r) for r in rows] == [("2024-01-01", 30000.0), (None, 42000.0)]


def test_a_row_that_somebody_changed_since_holds_the_undoing_by_name(desk, sheet):
    header, line, _ = ROWS["meter"]
    done = brought(desk, sheet(header, line), "meter")
    with writing(desk.engine, "inspector") as conn:
        conn.execute(text("update gis.meter set state = 'fault'"))
    with pytest.raises(Refused, match=r"inspector.*W1 SN-1"):
        journey.undo(desk, done.batch_id)
    assert len(table(desk, "meter")) == 1


def test_wells_that_registers_speak_of_are_not_undone_under_them(desk, sheet):
    wells = brought(desk, sheet("编号,经度,纬度", "W9,113.600123,37.900123"), "well")
    records = brought(desk, sheet(*ROWS["screen"][:2], name="s.csv"), "screen")
    nine = sheet("井编号,顶深（米）,底深（米）,含水层", "W9,1,2,砂砾", name="nine.csv")
    other = brought(desk, nine, "screen")
    with pytest.raises(Refused, match=r"滤水管段 1 条（如 W9）"):
        journey.undo(desk, wells.batch_id)
    journey.undo(desk, other.batch_id)
    assert journey.undo(desk, wells.batch_id).report["deleted"] == 1
    assert records.state == "committed"


def test_a_well_gone_since_the_preview_is_a_conflict_and_nothing_is_written(desk, sheet):
    header, line, _ = ROWS["withdrawal"]
    lines = [line, line.replace("2023", "2022")]
    preview = journey.preview(desk, sheet(header, *lines), ImportOptions(layer="withdrawal"))
    with writing(desk.engine, "other") as conn:
        conn.execute(text("delete from gis.well"))
    with pytest.raises(Conflict, match="Preview again"):
        journey.commit(desk, preview.batch_id)
    assert table(desk, "withdrawal") == []


def test_the_history_names_the_batch_of_a_register(desk, sheet):
    done = brought(desk, sheet(*ROWS["document"][:2]), "文书")
    assert done.layer == "document"
    with desk.engine.connect() as conn:
        rows = conn.execute(
            text("select actor, batch_id, op from gis.change where table_name = 'document'")
        ).all()
    assert [tuple(r) for r in rows] == [("tester", done.batch_id, "insert")]


JUNK = [
    "", "NaN", "-1", "1e400", "1e-320", "0", "二〇二四", "2024-13-01", "9" * 40, "\x00a", "%s",
    "{x}", "=1+1", "'; drop table gis.well;--", "万", "4.15万", "POINT(1 2)", "-inf", "２０２４",
    "W1",
]  # fmt: skip


@EVERY
def test_whatever_stands_in_a_cell_is_written_or_refused_and_never_an_error(conn, name):
    add_well(conn, "W1", 0, 0)
    header, line, _ = ROWS[name]
    row = next(csv.DictReader([header, line.format(violation=VIOLATION)]))
    for column in row:
        frame = pd.DataFrame([row | {column: junk} for junk in JUNK], dtype="str").replace("", None)
        frame.index = pd.RangeIndex(1, len(frame) + 1)
        sheet = Table(frame, None, None, "utf-8", "csv", "sheet")
        ready = preparation.prepare(conn, sheet, LAW, ImportOptions(layer=name))
        assert stage.problem_table(ready.problems, 1, ready.labels).num_rows
        keep = [n not in ready.refused for n in ready.rows["row_no"].to_pylist()]
        rows = ready.rows.filter(pa.array(keep, pa.bool_()))
        with conn.begin_nested() as attempt:
            done = writer.write(conn, rows, (LAW, LAW.collection(name)), 1, update=False)
            attempt.rollback()
        assert done["inserted"] == rows.num_rows
