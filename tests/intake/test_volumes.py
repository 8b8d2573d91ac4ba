"""Volumes in every unit; those off by ten thousand; days and electricity counted wrong."""

import pytest
from sqlalchemy import text

from gis_app.intake import batch as journey
from gis_app.intake.batch import Desk
from gis_app.intake.options import ImportOptions
from gis_app.store.engine import writing
from tests.intake.rooms import WITHDRAWAL, YEAR, said, two_wells
from tests.store.records import record
from tests.world import add_well


def test_volumes_in_any_dress_are_cubic_metres(desk: Desk, csv_file) -> None:
    two_wells(desk)
    header = (
        "单元编号,年度,用水行业,总量控制指标,许可控制总量（万立方米）,已许可水量（亿m³）,开采量"
    )
    path = csv_file(header, "U,2024,总量,4.15万,4.15,0.5,3.2万m³", "U,2023,总量,1.2亿,1,1,3.2E4")
    made = journey.preview(desk, path, ImportOptions(layer="unit_year"))
    journey.commit(desk, made.batch_id)
    names = "year, quota_m3, cap_m3, permitted_m3, taken_m3"
    with desk.engine.connect() as conn:
        rows = conn.execute(text(f"select {names} from gis.unit_year order by year desc")).all()
    assert [tuple(r) for r in rows] == [
        (2024, pytest.approx(41_500), 41_500, 50_000_000, pytest.approx(32_000)),
        (2023, 120_000_000, 10_000, 100_000_000, 32_000),
    ]


@pytest.mark.parametrize("known", ["well", "withdrawal", "permit", "file"])
def test_a_volume_ten_thousandfold_of_a_known_one_is_suspected(
    desk: Desk, csv_file, known: str
) -> None:
    with writing(desk.engine, "test") as conn:
        add_well(conn, "W1", 0, 0, **({"annual_reported_m3": 41_500} if known == "well" else {}))
        if known == "withdrawal":
            record(conn, "withdrawal", well_code="W1", method="billed", from_on="2022-01-01",
                   to_on="2022-12-31", m3=41_500)  # fmt: skip
        if known == "permit":
            record(conn, "permit", number="A", annual_m3=41_500)
            record(conn, "permit_well", permit_number="A", well_code="W1")
    lines = [f"W1,水表,{YEAR},4.15"]
    lines += ["W1,水表,2022-01-01,2022-12-31,41500"] if known == "file" else []
    found = said(desk, csv_file, "withdrawal", WITHDRAWAL, *lines, about="volume_ten_thousandfold")
    assert [(p.row, p.level, p.value) for p in found][:1] == [(1, "warn", "4.15")]
    assert "41,500" in found[0].zh
    assert "万立方米" in found[0].zh
    near = said(
        desk,
        csv_file,
        "withdrawal",
        WITHDRAWAL,
        f"W1,水表,{YEAR},4.18",
        about="volume_ten_thousandfold",
    )
    far = said(
        desk,
        csv_file,
        "withdrawal",
        WITHDRAWAL,
        f"W1,水表,{YEAR},4.2",
        about="volume_ten_thousandfold",
    )
    assert (len(near), len(far)) == (0 if known == "file" else 1, 0)


def test_permits_and_units_are_held_against_their_own_earlier_volumes(desk: Desk, csv_file) -> None:
    with writing(desk.engine, "test") as conn:
        record(conn, "permit", number="A", annual_m3=41_500)
        record(conn, "unit_year", unit_code="U", year=2023, sector="total", quota_m3=41_500)
    about = "volume_ten_thousandfold"
    header = "证号,变更日期,许可水量"
    found = said(
        desk, csv_file, "permit", header, "A,2024-01-01,415000000", "B,2024-01-01,4.15", about=about
    )
    assert [(p.row, p.column) for p in found] == [(1, "许可水量")]
    header = "单元编号,年度,用水行业,总量控制指标"
    found = said(
        desk, csv_file, "unit_year", header, "U,2024,总量,4.15", "U,2024,生活,4.15", about=about
    )
    assert [p.row for p in found] == [1]


def test_a_column_of_small_yearly_volumes_is_suspected_where_the_registered_are_large(
    desk: Desk, csv_file
) -> None:
    two_wells(desk)
    with writing(desk.engine, "test") as conn:
        conn.execute(text("update gis.well set annual_reported_m3 = 52000 where code = 'W2'"))
    lines = [f"W1,水表,{YEAR},3.9", f"W2,水表,{YEAR},6.1"]
    found = said(desk, csv_file, "withdrawal", WITHDRAWAL, *lines, about="volume_looks_wan")
    assert [(p.row, p.column, p.level) for p in found] == [(None, "取水量", "warn")]
    assert "取水量（万立方米）" in found[0].zh
    told = WITHDRAWAL.replace("取水量", "取水量（万立方米）")
    assert said(desk, csv_file, "withdrawal", told, *lines, about="volume_looks_wan") == []
    # 60 m³ in a day is 21,900 m³ a year
    days = ["W1,水表,2023-01-01,2023-01-01,60", "W2,水表,2023-01-01,2023-01-01,70"]
    assert said(desk, csv_file, "withdrawal", WITHDRAWAL, *days, about="volume_looks_wan") == []


def test_readings_of_one_well_by_one_method_must_not_share_days_unsaid(
    desk: Desk, csv_file
) -> None:
    two_wells(desk)
    with writing(desk.engine, "test") as conn:
        record(conn, "withdrawal", well_code="W1", method="metered", from_on="2023-06-01",
               to_on="2023-06-30", m3=5)  # fmt: skip
    lines = [
        "W1,水表,2023-06-30,2023-07-10,5",  # shares a day with the register
        "W1,水表,2023-07-11,2023-07-31,5",  # begins the day after
        "W1,核定,2023-06-01,2023-06-30,5",  # another method
        "W2,水表,2023-01-01,2023-12-31,5",  # holds the next two
        "W2,水表,2023-02-01,2023-02-28,5",
        "W2,水表,2023-03-01,2023-03-31,5",
    ]
    found = said(desk, csv_file, "withdrawal", WITHDRAWAL, *lines, about="readings_overlap")
    assert {(p.row, p.level) for p in found} == {(n, "warn") for n in (1, 4, 5, 6)}
    assert "2023-06-01 至 2023-06-30" in found[0].zh
    again = "W1,水表,2023-06-01,2023-06-30,6"
    assert (
        said(
            desk, csv_file, "withdrawal", WITHDRAWAL, again, about="readings_overlap", update="code"
        )
        == []
    )


def test_electricity_without_what_turns_it_into_water_is_warned_of(desk: Desk, csv_file) -> None:
    two_wells(desk)
    header = "井编号,确定方法,起,止（含）,用电量（kWh）,系数"
    lines = [f"W1,电折水,{YEAR},,3.5", f"W2,电折水,{YEAR},1000,", f"W1,水表,{YEAR},,",
             "W2,电折水,2022-01-01,2022-12-31,1000,3.5"]  # fmt: skip
    found = said(desk, csv_file, "withdrawal", header, *lines)
    assert [(p.row, p.code, p.level) for p in found] == [
        (1, "electricity_missing", "warn"),
        (2, "coefficient_missing", "warn"),
    ]
    with writing(desk.engine, "test") as conn:
        record(conn, "electricity_coefficient", area_code="1403", m3_per_kwh=3.5,
               from_on="2020-01-01")  # fmt: skip
    found = said(desk, csv_file, "withdrawal", header, *lines)
    assert [(p.row, p.code) for p in found] == [(1, "electricity_missing")]
