"""A permit number is any text; its parts and its likely slips are told."""

from datetime import date

import pytest
from sqlalchemy import text

from gis_app.intake import batch as journey
from gis_app.intake import permit_number
from gis_app.intake.batch import Desk
from gis_app.intake.options import ImportOptions
from gis_app.intake.permit_number import Context, Parts
from gis_app.store.engine import writing
from tests.intake.rooms import two_wells
from tests.store.records import record
from tests.world import add_zone, square


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("C440114S2020-0005", Parts("C", "440114", "S", 2020, "0005")),
        (" D140302G2023-1234 ", Parts("D", "140302", "G", 2023, "1234")),
        ("取水（太原）字〔2007〕第12号", None),
        ("C15030362021-0093", None),
        ("C440114S2020-０００5", None),
        ("", None),
    ],
)
def test_a_permit_number_is_taken_apart_only_where_it_has_the_pattern(number, parts) -> None:
    assert permit_number.parse(number) == parts


@pytest.mark.parametrize(
    ("number", "meant"),
    [
        ("C15030362021-0093", "C150303G2021-0093"),
        ("C1503O3G2021-OO93", "C150303G2021-0093"),
        ("C15030３g2021—0093", "C150303G2021-0093"),
        ("C150303G2021-0093", None),
        ("取水（太原）字〔2007〕第12号", None),
        ("140302200712345", None),
    ],
)
def test_letters_and_digits_that_were_confused_are_told_apart(number, meant) -> None:
    assert permit_number.misread(number) == meant


def test_hints_speak_of_year_source_and_division() -> None:
    def codes(number: str, **more: object) -> list[str]:
        context = Context(date(2025, 5, 1), ("140302", "140311"), **more)
        return [h.code.removeprefix("permit_number_") for h in permit_number.hints(number, context)]

    assert codes("D140302G2025-0001", on_well=True) == []
    assert codes("C140300G2025-0001") == codes("B140000G2025-0001") == []
    assert codes("A610000G2025-0001") == []  # a basin authority goes beyond any district
    assert codes("D140302S2026-0001") == ["future"]
    assert codes("D140302S2025-0001", on_well=True) == ["surface"]
    assert codes("D610402G2025-0001") == ["division"]
    assert codes("D61040262026-0001") == ["misread", "future", "division"]
    assert permit_number.hints("D610402G2025-0001", Context(date(2025, 5, 1))) == []


def test_any_permit_number_is_kept_and_hints_refuse_nothing(desk: Desk, csv_file) -> None:
    two_wells(desk)
    with writing(desk.engine, "test") as conn:
        add_zone(conn, "district", square(0, 0, 900), area_code="140302")
        record(conn, "permit_well", permit_number="D140302S2020-0001", well_code="W1")
    numbers = ["D14030262020-0001", "D140302S2020-0001", "D140302S2020-0002", "D999999G2020-0001",
               "D140302G2099-0001", "取水（阳泉）字〔2007〕第1号"]  # fmt: skip
    path = csv_file("取水许可证编号", *numbers, name="permits.csv")
    made = journey.preview(desk, path, ImportOptions(layer="permit"))
    found = journey.problems(desk.engine, made.batch_id)
    assert {(p.row, p.code.removeprefix("permit_number_"), p.level) for p in found} == {
        (1, "misread", "warn"), (2, "surface", "warn"), (4, "division", "warn"),
        (5, "future", "warn"),
    }  # fmt: skip
    journey.commit(desk, made.batch_id)
    with desk.engine.connect() as conn:
        kept = conn.execute(text("select number from gis.permit order by permit_id")).scalars()
        assert list(kept) == numbers
