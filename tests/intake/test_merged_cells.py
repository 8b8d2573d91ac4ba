"""Spreadsheets as offices make them: headers of two rows, cells merged over several wells."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import text

from gis_app.intake import batch as journey
from gis_app.intake.batch import Desk
from gis_app.intake.options import ImportOptions
from gis_app.intake.read import Table, read

Row = list[str | float | None]


def _book(folder: Path, rows: list[Row], *merged: str) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(folder / "book.xlsx")
    return folder / "book.xlsx"


def _read(folder: Path, rows: list[Row], *merged: str) -> Table:
    return read(_book(folder, rows, *merged))


TITLE: list[Row] = [
    ["示例市机井登记表"],
    ["填报单位：示例水务局", None, None, "单位：立方米"],
]


@pytest.mark.parametrize("above", [0, 1, 2])
def test_a_header_of_two_rows_takes_the_lower_names(tmp_path: Path, above: int) -> None:
    header: list[Row] = [["编号", "位置", None, "井深"], [None, "经度", "纬度", None]]
    at = above + 1
    merged = [f"A{at}:A{at + 1}", f"B{at}:C{at}", f"D{at}:D{at + 1}", *["A1:D1"] * (above > 0)]
    table = _read(tmp_path, [*TITLE[:above], *header, ["W1", 113.5, 37.8, 80]], *merged)
    assert list(table.frame.columns) == ["编号", "经度", "纬度", "井深"]
    assert table.frame.to_numpy().tolist() == [["W1", "113.5", "37.8", "80"]]
    assert table.rows.tolist() == [1]


def test_lower_names_that_repeat_are_told_with_what_stands_above(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["编号", "许可", None, "实际", None],
        [None, "水量", "用途", "水量", "日期"],
        ["W1", 1, "a", 2, "b"],
    ]
    table = _read(tmp_path, rows, "A1:A2", "B1:C1", "D1:E1")
    assert list(table.frame.columns) == ["编号", "许可 水量", "用途", "实际 水量", "日期"]


def test_a_unit_holds_for_all_that_stands_below_it(desk: Desk, tmp_path: Path) -> None:
    rows: list[Row] = [
        ["水井编号", "位置（度）", None, "年取水量（万立方米）", None, "井深（米）"],
        [None, "经度", "纬度", "许可", "实际（立方米）", None],
        ["W1", 113.58, 37.86, 5, 31_000, 80],
    ]
    book = _book(tmp_path, rows, "A1:A2", "B1:C1", "D1:E1", "F1:F2")
    assert list(read(book).frame.columns) == [
        "水井编号", "经度", "纬度", "许可（万立方米）", "实际（立方米）", "井深（米）",
    ]  # fmt: skip
    mapping = {"annual_permitted_m3": "许可", "annual_reported_m3": "实际"}
    options = ImportOptions(layer="well", anywhere=True, mapping=mapping)
    journey.commit(desk, journey.preview(desk, book, options).batch_id)
    with desk.engine.connect() as conn:
        kept = conn.execute(text("select annual_permitted_m3, annual_reported_m3 from gis.well"))
        assert kept.one() == (50_000, 31_000)


def test_a_lower_row_of_a_header_is_known_without_cells_merged_downwards(tmp_path: Path) -> None:
    header: list[Row] = [["编号", "名称", "位置", None], [None, None, "经度", "纬度"]]
    table = _read(tmp_path, [*header, ["W1", "甲", 113.5, 37.8]], "C1:D1")
    assert list(table.frame.columns) == ["编号", "名称", "经度", "纬度"]
    assert len(table.frame) == 1


def test_a_row_of_data_below_a_wide_header_stays_one(tmp_path: Path) -> None:
    table = _read(tmp_path, [["编号", "备注", None], ["W1", "a", None], ["W2", "b", None]], "B1:C1")
    assert table.frame["备注"].tolist() == ["a", "b"]
    table = _read(tmp_path, [["编号", "备注", None], ["W1", None, None]], "B1:C1")
    assert table.frame["编号"].tolist() == ["W1"]


def test_a_cell_over_several_rows_is_read_once_and_said_to_be(desk: Desk, tmp_path: Path) -> None:
    rows: list[Row] = [
        ["水井编号", "经度", "纬度", "权属单位"],
        ["W1", 113.58, 37.86, "示例厂"],
        ["W2", 113.59, 37.86, None],
        ["W3", 113.60, 37.86, None],
        ["W4", 113.61, 37.86, None],
    ]
    options = ImportOptions(layer="well", anywhere=True)
    book = _book(tmp_path, rows, "D2:D4")
    batch = journey.preview(desk, book, options)
    told = [p for p in journey.problems(desk.engine, batch.batch_id) if p.code == "merged_cell"]
    assert [(p.row, p.column, p.level) for p in told] == [
        (2, "权属单位", "warn"),
        (3, "权属单位", "warn"),
    ]
    assert "第 1 行" in told[0].zh
    assert "unmerge" in told[0].en
