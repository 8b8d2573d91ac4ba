"""CSV and Excel: opened as they are meant, and never run."""

from datetime import date, datetime

import pytest
import shapely
from openpyxl import load_workbook

from gis_app.export import as_xlsx, write
from gis_app.store import exports, items
from tests.exports.conftest import LAW, LONG
from tests.exports.readers import sheet
from tests.world import add_zone


def exported(conn, path, collection="well"):
    told = exports.table(conn, LAW.collection(collection), items.Query(), 5)
    return write(told, path)


def test_a_csv_begins_with_the_mark_by_which_excel_knows_utf_8(world, tmp_path):
    for path in exported(world, tmp_path / "list.csv"):
        assert path.read_bytes()[:3] == b"\xef\xbb\xbf"
        assert path.read_bytes()[3:6] != b"\xef\xbb\xbf"


def test_texts_that_a_spreadsheet_would_run_are_marked_and_numbers_are_not(world, tmp_path):
    path, _ = exported(world, tmp_path / "list.csv")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    formula = next(line for line in lines if ',"formula",' in line)
    for marked in ('"\'=HYPERLINK(""http://x"",""点"")"', "'@SUM(1)", "'-1+2"):
        assert marked in formula
    numbers = next(line for line in lines if ',"numbers",' in line)
    for plain in (',"-12.5",', ',"+8613900000000"', ",-3.25,"):
        assert plain in numbers
    assert "'" not in numbers
    assert ',"\'＝1+1",' in next(line for line in lines if ',"full",' in line)


def test_a_workbook_runs_nothing_and_changes_no_text(world, tmp_path):
    (path,) = exported(world, tmp_path / "list.xlsx")
    book = load_workbook(path)
    rows = book["well"]
    head = [cell.value for cell in rows[1]]
    assert not any(cell.data_type == "f" for row in rows for cell in row)
    found = {row[head.index("code")].value: dict(zip(head, row, strict=True)) for row in rows}
    cell = found["formula"]["name"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (
        '=HYPERLINK("http://x","点")',
        "s",
        True,
    )
    assert found["numbers"]["water_depth_m"].value == -3.25
    assert found["W01"]["completed_on"].value == datetime(2001, 2, 28)
    assert found["old"]["completed_on"].value == "1850-05-06"
    assert (rows.freeze_panes, rows.auto_filter.ref.endswith("24")) == ("A2", True)
    book.close()


def test_the_second_sheet_is_the_codebook(world, tmp_path):
    (path,) = exported(world, tmp_path / "list.xlsx")
    _, *rows = sheet(path, 1)
    columns = sheet(path, 0)[0][None]
    assert [row["column"] for row in rows] == list(columns)
    told = {row["column"]: row for row in rows}
    assert told["depth_m"]["unit"] == "m"
    assert told["depth_m"]["zh"] == "井深（米）"
    assert "active=在用 active; paused=停用 paused" in told["status"]["values"]
    assert told["lon"]["unit"] == "deg"


def test_more_rows_than_a_sheet_holds_go_on_in_others(world, tmp_path, monkeypatch):
    monkeypatch.setattr(as_xlsx, "SHEET_ROWS", 10)
    (path,) = exported(world, tmp_path / "list.xlsx")
    book = load_workbook(path)
    assert book.sheetnames == ["well", "codebook", "well_2", "well_3"]
    assert [book[n].max_row for n in ("well", "well_2", "well_3")] == [11, 11, 4]
    codes = [r[1].value for n in ("well", "well_2", "well_3") for r in book[n].iter_rows(2)]
    book.close()
    assert len(set(codes)) == 23


def test_an_outline_too_long_for_a_cell_says_so_and_stands_in_the_csv(conn, tmp_path):
    many = shapely.Point(113.6, 37.9).buffer(0.01, quad_segs=500)
    add_zone(conn, "overdraft_zone", many, name="示例区")
    (path,) = exported(conn, tmp_path / "list.xlsx", "overdraft_zone")
    _, row = sheet(path, 0)
    assert len(row["wkt"]) == 32_767
    assert row["wkt"].endswith("see the CSV]")
    path, _ = exported(conn, tmp_path / "list.csv", "overdraft_zone")
    assert str(many.exterior.coords[1000][0]) in path.read_text(encoding="utf-8-sig")


def test_long_texts_and_days_are_whole_in_a_csv(world, tmp_path):
    path, _ = exported(world, tmp_path / "list.csv")
    text = path.read_text(encoding="utf-8-sig")
    assert LONG in text
    assert date(1850, 5, 6).isoformat() in text


@pytest.mark.parametrize("suffix", [".csv", ".geojson", ".gpkg", ".parquet", ".fgb", ".kml"])
def test_the_codebook_lies_beside_a_file_that_does_not_carry_it(world, tmp_path, suffix):
    path, book = exported(world, tmp_path / f"list{suffix}")
    assert (path.name, book.name) == (f"list{suffix}", "list.codebook.csv")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted((path.name, book.name))
