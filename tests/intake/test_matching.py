"""Headers find their fields, texts their values; what does not is named."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_app.errors import BadInput
from gis_app.intake import units
from gis_app.intake.match import Matched, match
from gis_app.intake.read import Table, read
from gis_app.layer import Layer
from layers.public_supply_coverage import LAYER as COVERAGE
from layers.well import LAYER as WELL

# the headers of a bureau's census sheet, with one row
CENSUS = {
    "单位名称": "示例机械厂",
    "单位编号": "91140300MA0GT00000",
    "水井编号": "JJ-001",
    "水井名称": "一号井",
    "乡": "示例乡",
    "村": "示例村",
    "水井地址": "厂区内",
    "成井时间（年）": "2003",
    "井深（米）": "120.5",
    "地下水埋深（米）": "35",
    "是否为单位自备井": "是",
    "井口井管内径（毫米）": "250",
    "井壁管材料": "钢管",
    "应用状况": "在用",
    "水源类型": "地下水",
    "是否已配套机电设备": "是",
    "是否已安装水量计量设施": "否",
    "水泵型号": "QJ-200",
    "水量计量设施类型": "",
    "是否为规模以上地下水水源地的水井": "否",
    "所在地貌类型区": "平原",
    "所取用地下水的类型": "孔隙水",
    "所在水资源三级区名称及编码": "示例区A01",
    "主要取水用途及效益": "工业",
    "取水量确定方法": "水表",
    "是否已办理取水许可证": "是",
    "取水许可证编号": "C440114S2020-0005",
    "年许可取水量（万立方米）": "12.5",
}


def table(**columns: list[object]) -> Table:
    return as_table(pd.DataFrame(columns))


def as_table(frame: pd.DataFrame) -> Table:
    frame = frame.set_axis(pd.RangeIndex(1, len(frame) + 1))
    return Table(frame, None, None, "utf-8", "csv", "wells")


def matched(source: Table, layer: Layer = WELL, **constants: str) -> Matched:
    return match(source, layer, {}, constants)


def codes(result: Matched, level: str = "") -> list[str]:
    return [p.code for p in result.problems.each() if level in ("", p.level)]


def one(header: str, text: object, field: str) -> object:
    return matched(table(**{header: [text]})).values[field].iloc[0]


def test_a_census_sheet_of_28_columns_is_understood() -> None:
    result = matched(as_table(pd.DataFrame([CENSUS])))
    values = result.values.iloc[0]
    assert len(CENSUS) == 28
    assert values["code"] == "JJ-001"
    assert values["owner"] == "示例机械厂"
    assert values["owner_uscc"] == "91140300MA0GT00000"
    assert values["completed_on"] == date(2003, 1, 1)
    assert values["annual_permitted_m3"] == 125_000
    assert values["permit_state"] == "held"
    assert values["meter_state"] == "none"
    assert (values["self_supply"], values["pump_fitted"]) == (True, True)
    assert values["above_scale_source"] is False
    assert values["aquifer"] == "孔隙水"
    assert not codes(result, "refuse")
    left = {p.column for p in result.problems.each() if p.code == "unknown_column"}
    assert left <= {"水源类型"}


@pytest.mark.parametrize(
    ("header", "text", "metres3"),
    [
        ("年许可取水量（万立方米）", "12.5", 125_000),
        ("年许可取水量(万m³)", "12.5", 125_000),
        ("年许可取水量（亿m³）", "0.001", 100_000),
        ("年许可取水量（立方米）", "125000", 125_000),
        ("年许可取水量", "125,000", 125_000),
        ("年许可取水量", "12.5万", 125_000),
        ("年许可取水量", "12.5万m³", 125_000),
        ("年许可取水量（万m³/a）", "１２．５", 125_000),
    ],
)
def test_a_unit_scales_the_number(header: str, text: str, metres3: float) -> None:
    assert one(header, text, "annual_permitted_m3") == pytest.approx(metres3)


def test_other_units_are_scaled_too() -> None:
    assert one("井深（km）", "0.12", "depth_m") == pytest.approx(120)
    assert one("井深/英尺", "100", "depth_m") == pytest.approx(30.48)
    assert one("井口井管内径（厘米）", "25", "diameter_mm") == pytest.approx(250)
    assert one("井深", "80米", "depth_m") == 80


def test_area_units_are_known() -> None:
    assert units.factor("公顷", "m2") == 10_000
    assert units.factor("km2", "m2") == 1e6
    assert units.factor("亩", "公顷") == pytest.approx(1 / 15)
    assert units.factor("m", "m3") is None


def test_a_unit_of_another_kind_refuses_the_file() -> None:
    result = matched(table(**{"水井编号": ["1"], "井深（m³）": ["80"]}))
    assert [p.code for p in result.problems.file_refusals()] == ["unit_mismatch"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2003-05-01", date(2003, 5, 1)), ("2003/5/1", date(2003, 5, 1)),
        ("2003年5月1日", date(2003, 5, 1)), ("2003.5.1", date(2003, 5, 1)),
        ("20030501", date(2003, 5, 1)), ("2003年5月", date(2003, 5, 1)),
        ("2003-05", date(2003, 5, 1)), ("2003.05", date(2003, 5, 1)), ("2003.5", date(2003, 5, 1)),
        ("2003", date(2003, 1, 1)), ("2003年", date(2003, 1, 1)), ("2003.0", date(2003, 1, 1)),
        ("37742", date(2003, 5, 1)), ("2003-05-01T00:00:00Z", date(2003, 5, 1)),
        ("2003-05-01 08:00:00", date(2003, 5, 1)), ("", None), ("--", None), ("不详", None),
    ],
)  # fmt: skip
def test_days_are_read_as_offices_write_them(text: str, day: date | None) -> None:
    assert one("成井日期", text, "completed_on") == day


@pytest.mark.parametrize("text", ["2003-13-01", "2003-02-30", "去年", "1.5"])
def test_what_is_no_day_is_refused(text: str) -> None:
    assert codes(matched(table(成井日期=[text])), "refuse") == ["bad_date"]


def test_january_and_october_are_not_confused_in_silence() -> None:
    result = matched(table(成井日期=["2003.1"]))
    assert codes(result, "refuse") == ["ambiguous_date"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [("是", True), ("有", True), ("TRUE", True), ("1", True), ("1.0", True), ("√", True),
     ("否", False), ("无", False), ("0", False), ("no", False), ("", None), ("不详", None),
     ("-", None)],
)  # fmt: skip
def test_a_blank_is_unknown_and_never_no(text: str, answer: bool | None) -> None:
    assert one("是否为单位自备井", text, "self_supply") is answer


def test_a_word_outside_the_vocabulary_is_refused_with_the_accepted_ones() -> None:
    result = matched(table(应用状况=["在用", "半开半关", ""]))
    problem = next(p for p in result.problems.each() if p.code == "not_in_vocabulary")
    assert (problem.row, problem.column, problem.level) == (2, "应用状况", "refuse")
    assert problem.value == "半开半关"
    assert "已封存" in problem.zh
    assert "sealed" in problem.en
    assert result.values["status"].tolist() == ["active", None, None]


@pytest.mark.parametrize("text", ["sealed", "已封存", "封存备用", "Sealed", " 已 封存 "])
def test_a_choice_is_known_by_key_chinese_english_and_alias(text: str) -> None:
    assert one("应用状况", text, "status") == "sealed"


@pytest.mark.parametrize("text", ["约80", "80左右", ">80", "80-90", "80以上"])
def test_an_approximate_number_is_left_unknown_and_said(text: str) -> None:
    result = matched(table(**{"井深（米）": [text]}))
    assert np.isnan(result.values["depth_m"].iloc[0])
    assert codes(result, "warn") == ["approximate_number"]


@pytest.mark.parametrize("text", ["8o", "1,23", "八十", "80 马力"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert codes(matched(table(**{"井深（米）": [text]})), "refuse") == ["bad_number"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("5 000", 5000), ("1 234 567.5", 1_234_567.5), ("3万5千", 35_000), ("12万3千方", 123_000),
     ("5千", 5000)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, number: float) -> None:
    assert one("年许可取水量", text, "annual_permitted_m3") == number


@pytest.mark.parametrize("text", ["5 00", "3万5", "12 34"])
def test_numbers_that_may_be_two_are_refused(text: str) -> None:
    assert codes(matched(table(年许可取水量=[text])), "refuse") == ["bad_number"]


@pytest.mark.parametrize(
    ("text", "key"),
    [("工业用水", "industry"), ("农业用水", "irrigation"), ("生态环境用水", "ecology")],
)
def test_a_use_is_known_as_permits_name_it(text: str, key: str) -> None:
    assert one("取水用途", text, "use") == key


@given(st.floats(0.01, 5000).map(lambda x: round(x, 2)))
def test_a_number_reads_the_same_in_every_dress(number: float) -> None:
    full_width = f"{number}".translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    for text in (f"{number}", f" {number:,} ", full_width, f"{number}m"):
        assert one("井深（米）", text, "depth_m") == pytest.approx(number)


def test_volumes_off_by_ten_thousand_are_suspected() -> None:
    small = matched(table(年许可取水量=["1.2", "3.5", "0.8", "12"]))
    assert "volume_looks_wan" in codes(small, "warn")
    large = matched(table(**{"年许可取水量（万立方米）": ["12000", "35000", "80000"]}))
    assert "volume_looks_m3" in codes(large, "warn")
    right = matched(table(**{"年许可取水量（万立方米）": ["1.2", "3.5", "0.8"]}))
    assert not codes(right, "warn")


def test_numbers_mangled_by_a_spreadsheet_are_named() -> None:
    result = matched(table(水井编号=["1.13396E+16", "A2"], 备用号=["1.2E+15", "3"]))
    found = {(p.column, p.level) for p in result.problems.each() if p.code == "mangled_number"}
    assert found == {("水井编号", "refuse"), ("备用号", "warn")}


def test_constants_are_read_like_cells_and_mapping_goes_before_aliases() -> None:
    source = table(编号=["1"], 别号=["X9"], 名称=["甲"])
    result = match(source, COVERAGE, {"code": "别号"}, {"valid_from": "2020年1月1日"})
    assert result.columns == {"code": "别号", "name": "名称"}
    assert result.values["valid_from"].iloc[0] == date(2020, 1, 1)
    with pytest.raises(BadInput, match="--set"):
        match(source, WELL, {}, {"status": "半开"})
    with pytest.raises(BadInput, match="no column"):
        match(source, WELL, {"code": "没有"}, {})
    with pytest.raises(BadInput, match="no field"):
        match(source, WELL, {"cod": "编号"}, {})


def test_nansha_identifiers_are_found_mangled_on_every_row(shared: Path) -> None:
    source = read(shared / "data/nansha_wells/nlogs.csv")
    result = match(source, WELL, {"code": "hole_id"}, {})
    hit = [p for p in result.problems.each() if p.code == "mangled_number"]
    assert len(hit) == 47
    assert {p.column for p in hit} == {"uniform_number"}
