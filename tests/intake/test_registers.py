"""What is wrong with the rows of a register is named: row, column, value, and the way out."""

import pytest

from gis_app.errors import NotFound
from gis_app.intake.batch import Desk
from gis_app.intake.options import collection_named
from gis_app.store.engine import writing
from tests.intake.rooms import WITHDRAWAL, YEAR, said, two_wells
from tests.store.records import record
from tests.world import add_zone, square


def test_a_collection_is_named_by_id_chinese_english_or_alias(registry) -> None:
    for each in (*registry.layers.values(), *registry.registers.values()):
        for word in (each.id, each.zh, each.en, *each.aliases, f" {each.zh} "):
            assert collection_named(registry, word) is each, word
    with pytest.raises(NotFound, match="withdrawal"):
        collection_named(registry, "没有的表")


def test_a_well_that_is_not_registered_is_refused_and_a_permit_or_unit_only_warned_of(
    desk: Desk, csv_file
) -> None:
    two_wells(desk)
    with writing(desk.engine, "test") as conn:
        record(conn, "permit", number="C140302G2020-0005")
        add_zone(conn, "management_unit", square(0, 0, 900), code="U-1")
        add_zone(conn, "district", square(0, 0, 900), area_code="140302")
    found = said(
        desk, csv_file, "permit_well", "证号,井编号", "C140302G2020-0005,W1", "旧证 7 号,W8"
    )
    assert [(p.row, p.column, p.code, p.level, p.value) for p in found] == [
        (2, "证号", "permit_unknown", "warn", "旧证 7 号"),
        (2, "井编号", "well_unknown", "refuse", "W8"),
    ]
    assert "先导入井" in found[1].zh
    lines = ["U-1,2024,总量", "U-2,2024,总量", "140302,2024,总量", "1403,2024,总量"]
    found = said(desk, csv_file, "unit_year", "单元编号,年度,用水行业", *lines)
    assert [(p.row, p.code, p.level) for p in found] == [(2, "unit_unknown", "warn")]
    lines = ["取水井,W1,reopening,2024-01-01", "site,没有,reopening,2024-01-01"]
    found = said(desk, csv_file, "exemption_grant", "对象类型,对象编号,豁免情形,起", *lines)
    assert [(p.row, p.code, p.level) for p in found] == [(2, "site_unknown", "warn")]


@pytest.mark.parametrize(
    ("sheet", "place"),
    [
        (
            ("withdrawal", WITHDRAWAL, "W1,水表,2024-01-01,2023-12-31,5"),
            ("止（含）", "dates_reversed"),
        ),
        (
            ("meter", "井编号,出厂编号,状态,安装日期,拆除日期", "W1,S1,故障,2024-02-01,2024-01-01"),
            ("拆除日期", "dates_reversed"),
        ),
        (
            ("permit", "证号,有效期起,有效期至", "A,2024-02-01,2024-01-01"),
            ("有效期至", "dates_reversed"),
        ),
        (
            ("screen", "井编号,顶深（米）,底深（米）,含水层", "W1,60,40,砂砾"),
            ("底深（米）", "depths_reversed"),
        ),
        (("withdrawal", WITHDRAWAL, f"W1,水表,{YEAR},-5"), ("取水量", "out_of_range")),
        (("withdrawal", WITHDRAWAL, f"W1,水表,{YEAR},NaN"), ("取水量", "bad_number")),
        (("withdrawal", WITHDRAWAL, f"W1,水表,{YEAR},inf"), ("取水量", "bad_number")),
        (("withdrawal", WITHDRAWAL, f"W1,目测,{YEAR},5"), ("确定方法", "not_in_vocabulary")),
        (("withdrawal", WITHDRAWAL, "W1,水表,去年,2023-12-31,5"), ("起", "bad_date")),
        (("annual_report", "证号,年度,是否报送", "A,2023.5,已备案"), ("年度", "bad_number")),
        (
            ("site", "项目编号,类型,监测井数,经度,纬度", "S,矿山,99999999999,113.60001,37.90001"),
            ("监测井数", "out_of_range"),
        ),
        (("permit", "证号", "1.13396E+16"), ("证号", "mangled_number")),
    ],
)
def test_a_fault_is_refused_once_with_row_column_value_and_remedy(
    desk: Desk, csv_file, sheet: tuple[str, ...], place: tuple[str, str]
) -> None:
    two_wells(desk)
    refused = [p for p in said(desk, csv_file, *sheet) if p.level == "refuse"]
    assert [(p.row, p.column, p.code) for p in refused] == [(1, *place)]
    assert refused[0].value
    assert refused[0].zh
    assert refused[0].en
