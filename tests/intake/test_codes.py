"""A well's code written in full width, with another dash or a space is no new well."""

import pytest

from gis_app.errors import Refused
from gis_app.intake import batch as journey
from gis_app.intake.options import ImportOptions
from gis_app.store import codes
from tests.intake.brought import HEADER, WELLS, brought, rows

REFRESH = ImportOptions(layer="well", update="code")


def _row(code, n=0):
    return f"{code},井{n},示例厂,113.58{n}001,37.86{n}001,在用,80"


@pytest.fixture
def held(desk, csv_file):
    """Two registered wells, one of them with a full-width code."""
    brought(desk, csv_file(HEADER, _row("SL-001", 1), _row("ＳＬ－９", 2), name="first.csv"))
    return desk


def _told(desk, batch):
    return [
        (p.row, p.column, p.code, p.level)
        for p in journey.problems(desk.engine, batch.batch_id)
        if p.code.startswith(("code_", "already", "duplicate", "well_"))
    ]


@pytest.mark.parametrize("written", ["ＳＬ－００１", "SL—001", "SL–001", "SL−001", "\u3000SL-001 "])
def test_it_refreshes_the_well_it_means_and_says_so(held, csv_file, written):
    batch = journey.preview(held, csv_file(HEADER, _row(written, 1).replace(",80", ",95")), REFRESH)
    assert (batch.report["known"], batch.report["new"]) == (1, 0)
    told = [] if written.strip() == "SL-001" else [(1, "水井编号", "code_read_as", "warn")]
    assert _told(held, batch) == told
    journey.commit(held, batch.batch_id)
    found = rows(held.engine, "select code, depth_m from gis.well order by code")
    assert found == [("SL-001", 95.0), ("ＳＬ－９", 80.0)]


def test_without_update_it_is_refused_as_registered(held, csv_file):
    batch = journey.preview(held, csv_file(HEADER, _row("sl－9", 2), _row("SL–9", 3)), WELLS)
    (cased, known, read) = _told(held, batch)
    assert cased == (1, "水井编号", "code_differs_in_case", "warn")
    assert (read[0], read[2], known[2:]) == (2, "code_read_as", ("already_registered", "refuse"))
    (problem,) = [p for p in journey.problems(held.engine, batch.batch_id) if p.code == read[2]]
    assert "ＳＬ－９" in problem.zh
    assert "another code" in problem.en


def test_two_rows_of_a_file_that_differ_only_so_are_refused(held, csv_file):
    batch = journey.preview(held, csv_file(HEADER, _row("N-1", 3), _row("Ｎ－１", 4)), WELLS)
    assert [(r, c) for r, _, c, _ in _told(held, batch)] == [
        (1, "duplicate_in_file"), (2, "duplicate_in_file"),
    ]  # fmt: skip
    with pytest.raises(Refused):
        journey.commit(held, batch.batch_id)


def test_two_rows_of_a_file_that_differ_in_case_are_two_wells_and_told(held, csv_file):
    lines = [_row("n-1", 3), _row("Ｎ－1", 4), _row("M-1", 5)]
    batch = journey.preview(held, csv_file(HEADER, *lines), WELLS)
    assert [(r, c) for r, _, c, _ in _told(held, batch)] == [
        (1, "code_differs_in_case"), (2, "code_differs_in_case"),
    ]  # fmt: skip
    told = [p.zh for p in journey.problems(held.engine, batch.batch_id)]
    assert any("本文件的“Ｎ－1”只差大小写" in zh for zh in told)
    journey.commit(held, batch.batch_id)
    assert len(rows(held.engine, "select code from gis.well")) == 5


def test_a_code_that_may_be_two_wells_is_refused(held, csv_file):
    with held.engine.begin() as conn:
        conn.exec_driver_sql("update gis.well set code = 'SL－001' where code <> 'SL-001'")
    batch = journey.preview(held, csv_file(HEADER, _row("SL—001", 3)), REFRESH)
    assert _told(held, batch) == [(1, "水井编号", "code_ambiguous", "refuse")]


def test_a_register_speaks_of_the_well_it_means(held, csv_file):
    file = csv_file("水井编号,表号,计量状况", "ＳＬ-001,M1,online", name="meter.csv")
    batch = journey.preview(held, file, ImportOptions(layer="meter", mapping={
        "well_code": "水井编号", "serial": "表号", "state": "计量状况"}))  # fmt: skip
    assert _told(held, batch) == [(1, "水井编号", "code_read_as", "warn")]
    journey.commit(held, batch.batch_id)
    assert rows(held.engine, "select well_code from gis.meter") == [("SL-001",)]


def test_what_is_new_keeps_the_code_it_was_given(held, csv_file):
    brought(held, csv_file(HEADER, _row("晋（井）１２", 3)))
    assert ("晋（井）１２",) in rows(held.engine, "select code from gis.well")


def test_the_database_compares_as_the_program_does(conn):
    odd = ["ＳＬ－００１", "SL—001\u200b", "\ufeffSL‑001", "Ａ（１）", "①", " x\t", "ﬁ―2"]
    for code in odd:
        conn.exec_driver_sql(
            "insert into gis.well (code, geom) select %s, st_setsrid(st_makepoint(113.6, 37.9),"
            " 4490) on conflict do nothing", (codes.plain(code),))  # fmt: skip
    found = {row["asked"]: row["code"] for row in codes.alike(conn, "well", odd) if row["same"]}
    assert found == {code: codes.plain(code) for code in odd}


PERMIT = ImportOptions(layer="permit", update="code")
NUMBERS = "许可证编号,年许可取水量（立方米）,有效期止"


def test_a_permit_whose_number_is_written_otherwise_is_no_second_permit(desk, csv_file):
    brought(desk, csv_file(NUMBERS, "D140302G2020-B001,5000,2026-12-31"), PERMIT)
    one = csv_file(NUMBERS, "Ｄ140302Ｇ2020－Ｂ001,5000,2028-12-31")
    batch = journey.preview(desk, one, PERMIT)
    assert [(r, c) for r, _, c, _ in _told(desk, batch)] == [(1, "code_read_as")]
    journey.commit(desk, batch.batch_id)
    held = rows(desk.engine, "select number, valid_to::text from gis.permit")
    assert held == [("D140302G2020-B001", "2028-12-31")]


def test_a_link_names_the_registered_permit_however_it_is_written(desk, csv_file):
    brought(desk, csv_file(HEADER, _row("SL-001", 1), name="first.csv"))
    brought(desk, csv_file(NUMBERS, "D140302G2020-B001,5000,2026-12-31"), PERMIT)
    links = csv_file("许可证编号,水井编号", "Ｄ140302G2020–B001,SL—001")
    brought(desk, links, ImportOptions(layer="permit_well"))
    held = rows(desk.engine, "select permit_number, well_code from gis.permit_well")
    assert held == [("D140302G2020-B001", "SL-001")]
